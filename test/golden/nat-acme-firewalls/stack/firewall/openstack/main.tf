# A security group of OpenStack (OVH and others) for meet.example.org, for OpenTofu or Terraform. It adds what firewall/ports.md names, and “destroy” takes
# exactly that away. It has NOT been tried in a real account.
#
#   tofu init && tofu apply -var server_id=…
#
# - Groups add up: another one that opens more keeps doing so.
# - A server with several network ports: name the one in “data”.

terraform {
  required_version = ">= 1.6"
  required_providers {
    openstack = {
      source  = "terraform-provider-openstack/openstack"
      version = ">= 2.0"
    }
  }
}

variable "server_id" {
  type        = string
  description = "The server’s identifier, as openstack server list shows it"
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

data "openstack_networking_port_v2" "server" {
  device_id = var.server_id
}

resource "openstack_networking_secgroup_v2" "jitsi" {
  name        = "jitsi-meet-example-org"
  description = "Jitsi at meet.example.org"
}

resource "openstack_networking_secgroup_rule_v2" "jitsi" {
  for_each = local.rules

  security_group_id = openstack_networking_secgroup_v2.jitsi.id
  description       = each.value.name
  direction         = "ingress"
  ethertype         = each.value.ipv6 ? "IPv6" : "IPv4"
  protocol          = each.value.protocol
  port_range_min    = each.value.first
  port_range_max    = each.value.last
  remote_ip_prefix  = each.value.source
}

# Beside the groups that the port has already.
resource "openstack_networking_port_secgroup_associate_v2" "jitsi" {
  port_id            = data.openstack_networking_port_v2.server.id
  security_group_ids = [openstack_networking_secgroup_v2.jitsi.id]
}
