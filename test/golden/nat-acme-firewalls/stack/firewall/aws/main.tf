# A security group of AWS for meet.example.org, for OpenTofu or Terraform. It adds what firewall/ports.md names, and “destroy” takes
# exactly that away. It has NOT been tried in a real account.
#
#   tofu init && tofu apply -var instance_id=…
#
# - Groups add up: another one that opens more keeps doing so. The server may have five.
# - Leave the instance out of “security_groups” elsewhere in your configuration, or it takes this group away again.

terraform {
  required_version = ">= 1.6"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.30"
    }
  }
}

variable "instance_id" {
  type        = string
  description = "The server, such as i-0123456789abcdef0"
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

data "aws_instance" "server" {
  instance_id = var.instance_id
}

data "aws_subnet" "server" {
  id = data.aws_instance.server.subnet_id
}

resource "aws_security_group" "jitsi" {
  name        = "jitsi-meet-example-org"
  description = "Jitsi at meet.example.org"
  vpc_id      = data.aws_subnet.server.vpc_id
}

# A rule takes one source.
resource "aws_vpc_security_group_ingress_rule" "jitsi" {
  for_each = local.rules

  security_group_id = aws_security_group.jitsi.id
  description       = each.value.name
  ip_protocol       = each.value.protocol
  from_port         = each.value.first
  to_port           = each.value.last
  cidr_ipv4         = each.value.ipv6 ? null : each.value.source
  cidr_ipv6         = each.value.ipv6 ? each.value.source : null
}

# Beside the groups that the server has already.
resource "aws_network_interface_sg_attachment" "jitsi" {
  security_group_id    = aws_security_group.jitsi.id
  network_interface_id = data.aws_instance.server.network_interface_id
}
