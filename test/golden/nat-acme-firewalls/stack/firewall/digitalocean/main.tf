# A cloud firewall of DigitalOcean for meet.example.org, for OpenTofu or Terraform. It adds what firewall/ports.md names, and “destroy” takes
# exactly that away. It has NOT been tried in a real account.
#
#   tofu init && tofu apply -var droplet_id=…
#
# - With a firewall applied, everything that no firewall of the Droplet names is closed; SSH is named.

terraform {
  required_version = ">= 1.6"
  required_providers {
    digitalocean = {
      source  = "digitalocean/digitalocean"
      version = ">= 2.30"
    }
  }
}

variable "droplet_id" {
  type        = string
  description = "The Droplet’s number, as doctl compute droplet list shows it"
}

variable "ssh_sources" {
  type        = list(string)
  description = "Who may reach SSH. Narrow it to your own networks, after trying it out."
  default     = ["0.0.0.0/0", "::/0"]
}

locals {
  # Who takes part in meetings.
  visitors = ["0.0.0.0/0", "::/0"]

  # The port table: what firewall/ports.md names.
  ports = {
    "ssh" = { protocol = "tcp", first = 22, last = 22, sources = var.ssh_sources }
    "http" = { protocol = "tcp", first = 80, last = 80, sources = local.visitors }
    "https" = { protocol = "tcp", first = 443, last = 443, sources = local.visitors }
    "turn-udp" = { protocol = "udp", first = 3478, last = 3478, sources = local.visitors }
    "turn-tcp" = { protocol = "tcp", first = 3478, last = 3478, sources = local.visitors }
    "turn-tls" = { protocol = "tcp", first = 5349, last = 5349, sources = local.visitors }
    "media" = { protocol = "udp", first = 10000, last = 10000, sources = local.visitors }
  }

  # The same with one source each.
  rules = merge([
    for name, port in local.ports : {
      for source in port.sources : "${name} ${source}" => merge(port, {
        name   = name
        source = source
        ipv6   = strcontains(source, ":")
      })
    }
  ]...)
}

resource "digitalocean_firewall" "jitsi" {
  name        = "jitsi-meet-example-org"
  droplet_ids = [var.droplet_id]

  dynamic "inbound_rule" {
    for_each = local.ports
    content {
      protocol         = inbound_rule.value.protocol
      port_range       = inbound_rule.value.first == inbound_rule.value.last ? tostring(inbound_rule.value.first) : "${inbound_rule.value.first}-${inbound_rule.value.last}"
      source_addresses = inbound_rule.value.sources
    }
  }

  # Path MTU discovery needs it.
  inbound_rule {
    protocol         = "icmp"
    source_addresses = ["0.0.0.0/0", "::/0"]
  }

  # What no rule names is closed outwards too.
  dynamic "outbound_rule" {
    for_each = toset(["tcp", "udp", "icmp"])
    content {
      protocol              = outbound_rule.value
      port_range            = outbound_rule.value == "icmp" ? null : "1-65535"
      destination_addresses = ["0.0.0.0/0", "::/0"]
    }
  }
}
