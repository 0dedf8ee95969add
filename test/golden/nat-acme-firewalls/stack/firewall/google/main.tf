# Firewall rules of a VPC of Google Cloud for meet.example.org, for OpenTofu or Terraform. It adds what firewall/ports.md names, and “destroy” takes
# exactly that away. It has NOT been tried in a real account.
#
#   tofu init && tofu apply -var instance=… -var zone=…
#
# - The rules are for this server’s own addresses only, so it needs no network tag. Other rules of the network keep doing what they do.

terraform {
  required_version = ">= 1.6"
  required_providers {
    google = {
      source  = "hashicorp/google"
      version = ">= 5.0"
    }
  }
}

variable "instance" {
  type        = string
  description = "The server’s name"
}

variable "zone" {
  type        = string
  description = "Its zone, such as europe-west3-a"
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

data "google_compute_instance" "server" {
  name = var.instance
  zone = var.zone
}

locals {
  interface = data.google_compute_instance.server.network_interface[0]
  addresses = {
    ipv4 = ["${local.interface.network_ip}/32"]
    ipv6 = [for access in local.interface.ipv6_access_config : "${access.external_ipv6}/128"]
  }
  # A rule has sources of one family.
  families = merge([
    for name, port in local.ports : {
      for family, addresses in local.addresses : "${name}-${family}" => merge(port, {
        addresses = addresses
        sources   = [for source in port.sources : source if strcontains(source, ":") == (family == "ipv6")]
      })
    }
  ]...)
}

resource "google_compute_firewall" "jitsi" {
  for_each = { for name, rule in local.families : name => rule if length(rule.sources) > 0 && length(rule.addresses) > 0 }

  name               = "jitsi-meet-example-org-${replace(each.key, "_", "-")}"
  description        = "jitsi-meet-example-org"
  network            = local.interface.network
  direction          = "INGRESS"
  source_ranges      = each.value.sources
  destination_ranges = each.value.addresses

  allow {
    protocol = each.value.protocol
    ports    = [each.value.first == each.value.last ? tostring(each.value.first) : "${each.value.first}-${each.value.last}"]
  }
}
