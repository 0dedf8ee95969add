# A network security group of Oracle Cloud for meet.example.org, for OpenTofu or Terraform. It adds what firewall/ports.md names, and “destroy” takes
# exactly that away. It has NOT been tried in a real account.
#
#   tofu init && tofu apply -var instance_id=…
#
# - Run the command that it prints in the end; and before “destroy”, the same without the new group.
# - Oracle’s images refuse everything on the server itself as well: firewall/ports.md, “In a cloud”.

terraform {
  required_version = ">= 1.6"
  required_providers {
    oci = {
      source  = "oracle/oci"
      version = ">= 5.0"
    }
  }
}

variable "instance_id" {
  type        = string
  description = "The server, its OCID"
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

data "oci_core_instance" "server" {
  instance_id = var.instance_id
}

data "oci_core_vnic_attachments" "server" {
  compartment_id = data.oci_core_instance.server.compartment_id
  instance_id    = var.instance_id
}

data "oci_core_vnic" "server" {
  vnic_id = data.oci_core_vnic_attachments.server.vnic_attachments[0].vnic_id
}

data "oci_core_subnet" "server" {
  subnet_id = data.oci_core_vnic.server.subnet_id
}

resource "oci_core_network_security_group" "jitsi" {
  compartment_id = data.oci_core_instance.server.compartment_id
  vcn_id         = data.oci_core_subnet.server.vcn_id
  display_name   = "jitsi-meet-example-org"
}

resource "oci_core_network_security_group_security_rule" "jitsi" {
  for_each = local.rules

  network_security_group_id = oci_core_network_security_group.jitsi.id
  description               = each.value.name
  direction                 = "INGRESS"
  protocol                  = { tcp = "6", udp = "17" }[each.value.protocol]
  source                    = each.value.source
  source_type               = "CIDR_BLOCK"
  stateless                 = false

  dynamic "tcp_options" {
    for_each = each.value.protocol == "tcp" ? [each.value] : []
    content {
      destination_port_range {
        min = tcp_options.value.first
        max = tcp_options.value.last
      }
    }
  }

  dynamic "udp_options" {
    for_each = each.value.protocol == "udp" ? [each.value] : []
    content {
      destination_port_range {
        min = udp_options.value.first
        max = udp_options.value.last
      }
    }
  }
}

# A network card that is there cannot be given a group by a module of its own: this command does it.
output "attach" {
  value = "oci network vnic update --vnic-id ${data.oci_core_vnic.server.vnic_id} --nsg-ids '${jsonencode(setunion(data.oci_core_vnic.server.nsg_ids, [oci_core_network_security_group.jitsi.id]))}'"
}
