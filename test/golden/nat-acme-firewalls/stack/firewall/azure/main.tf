# Rules of a network security group of Azure for meet.example.org, for OpenTofu or Terraform. It adds what firewall/ports.md names, and “destroy” takes
# exactly that away. It has NOT been tried in a real account.
#
#   tofu init && tofu apply -var resource_group=… -var network_interface=…
#
# - The interface needs a network security group of its own. A virtual machine that was made in the portal has one.

terraform {
  required_version = ">= 1.6"
  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = ">= 3.80"
    }
  }
}

variable "resource_group" {
  type        = string
  description = "The resource group of the network interface"
}

variable "network_interface" {
  type        = string
  description = "The name of the server’s network interface"
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

variable "first_priority" {
  type        = number
  description = "Smaller numbers are asked first; nothing else in the group may have those from here on."
  default     = 1000
}

data "azurerm_network_interface" "server" {
  name                = var.network_interface
  resource_group_name = var.resource_group
}

locals {
  # /subscriptions/…/resourceGroups/GROUP/providers/Microsoft.Network/networkSecurityGroups/NAME
  group = split("/", data.azurerm_network_interface.server.network_security_group_id)
  names = sort(keys(local.rules))
}

# An interface has one group: these are added to the one that is there.
resource "azurerm_network_security_rule" "jitsi" {
  for_each = local.rules

  name                        = "jitsi-meet-example-org-${each.value.name}-${substr(md5(each.value.source), 0, 6)}"
  resource_group_name         = local.group[4]
  network_security_group_name = local.group[8]
  priority                    = var.first_priority + index(local.names, each.key)
  direction                   = "Inbound"
  access                      = "Allow"
  protocol                    = title(each.value.protocol)
  source_port_range           = "*"
  destination_port_range      = each.value.first == each.value.last ? tostring(each.value.first) : "${each.value.first}-${each.value.last}"
  source_address_prefix       = each.value.source
  destination_address_prefix  = "*"
}
