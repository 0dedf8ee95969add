# A security group of Scaleway for meet.example.org, for OpenTofu or Terraform. It adds what firewall/ports.md names, and “destroy” takes
# exactly that away. It has NOT been tried in a real account.
#
#   tofu init && tofu apply -var server_id=… -var zone=…
#
# - An Instance has one group, and this one closes what it does not name; SSH is named. Rules of your own go below.
# - Run the command that it prints in the end; and before “destroy”, give the Instance its former group back the same way.

terraform {
  required_version = ">= 1.6"
  required_providers {
    scaleway = {
      source  = "scaleway/scaleway"
      version = ">= 2.30"
    }
  }
}

variable "server_id" {
  type        = string
  description = "The Instance’s identifier, as scw instance server list shows it"
}

variable "zone" {
  type        = string
  description = "Its zone, such as fr-par-1"
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

resource "scaleway_instance_security_group" "jitsi" {
  name                    = "jitsi-meet-example-org"
  description             = "Jitsi at meet.example.org"
  zone                    = var.zone
  inbound_default_policy  = "drop"
  outbound_default_policy = "accept"

  dynamic "inbound_rule" {
    for_each = local.rules
    content {
      action     = "accept"
      protocol   = upper(inbound_rule.value.protocol)
      port       = inbound_rule.value.first == inbound_rule.value.last ? inbound_rule.value.first : null
      port_range = inbound_rule.value.first == inbound_rule.value.last ? null : "${inbound_rule.value.first}-${inbound_rule.value.last}"
      ip_range   = inbound_rule.value.source
    }
  }

  # Path MTU discovery needs it.
  inbound_rule {
    action   = "accept"
    protocol = "ICMP"
    ip_range = "0.0.0.0/0"
  }
}

# Which group an Instance has is a property of the Instance: this command sets it.
output "attach" {
  value = "scw instance server update ${var.server_id} zone=${var.zone} security-group-id=${split("/", scaleway_instance_security_group.jitsi.id)[1]}"
}
