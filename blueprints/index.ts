// create-jitsi-stack: written by `npx projen` from the folders beside it.
import type { AnyBlueprint } from '../src/blueprint.ts';
import { alertsMail } from './alerts-mail/blueprint.ts';
import { alertsNone } from './alerts-none/blueprint.ts';
import { alertsNtfy } from './alerts-ntfy/blueprint.ts';
import { alertsWebhook } from './alerts-webhook/blueprint.ts';
import { authInternal } from './auth-internal/blueprint.ts';
import { authJwt } from './auth-jwt/blueprint.ts';
import { authLdap } from './auth-ldap/blueprint.ts';
import { authMatrix } from './auth-matrix/blueprint.ts';
import { authOidc } from './auth-oidc/blueprint.ts';
import { authOpen } from './auth-open/blueprint.ts';
import { backupNone } from './backup-none/blueprint.ts';
import { backupRestic } from './backup-restic/blueprint.ts';
import { backupRsync } from './backup-rsync/blueprint.ts';
import { brandingNone } from './branding-none/blueprint.ts';
import { brandingOwn } from './branding-own/blueprint.ts';
import { certificatesAcme } from './certificates-acme/blueprint.ts';
import { certificatesOwn } from './certificates-own/blueprint.ts';
import { certificatesSelfSigned } from './certificates-self-signed/blueprint.ts';
import { cloudInit } from './cloud-init/blueprint.ts';
import { edgeExternal } from './edge-external/blueprint.ts';
import { edgeHaproxy } from './edge-haproxy/blueprint.ts';
import { edgeNginx } from './edge-nginx/blueprint.ts';
import { extraConnectionTest } from './extra-connection-test/blueprint.ts';
import { extraDocuments } from './extra-documents/blueprint.ts';
import { extraLivestreaming } from './extra-livestreaming/blueprint.ts';
import { extraLogs } from './extra-logs/blueprint.ts';
import { extraMetrics } from './extra-metrics/blueprint.ts';
import { extraMonitoring } from './extra-monitoring/blueprint.ts';
import { extraRecording } from './extra-recording/blueprint.ts';
import { extraTelephone } from './extra-telephone/blueprint.ts';
import { extraTranscription } from './extra-transcription/blueprint.ts';
import { extraWhiteboard } from './extra-whiteboard/blueprint.ts';
import { firewallAws } from './firewall-aws/blueprint.ts';
import { firewallAzure } from './firewall-azure/blueprint.ts';
import { firewallDigitalocean } from './firewall-digitalocean/blueprint.ts';
import { firewallFirewalld } from './firewall-firewalld/blueprint.ts';
import { firewallFortigate } from './firewall-fortigate/blueprint.ts';
import { firewallGoogle } from './firewall-google/blueprint.ts';
import { firewallHetzner } from './firewall-hetzner/blueprint.ts';
import { firewallIptables } from './firewall-iptables/blueprint.ts';
import { firewallMikrotik } from './firewall-mikrotik/blueprint.ts';
import { firewallNftables } from './firewall-nftables/blueprint.ts';
import { firewallOpenstack } from './firewall-openstack/blueprint.ts';
import { firewallOpenwrt } from './firewall-openwrt/blueprint.ts';
import { firewallOpnsense } from './firewall-opnsense/blueprint.ts';
import { firewallOracle } from './firewall-oracle/blueprint.ts';
import { firewallPfsense } from './firewall-pfsense/blueprint.ts';
import { firewallPorts } from './firewall-ports/blueprint.ts';
import { firewallScaleway } from './firewall-scaleway/blueprint.ts';
import { firewallUfw } from './firewall-ufw/blueprint.ts';
import { firewallUnifi } from './firewall-unifi/blueprint.ts';
import { goMmproxy } from './go-mmproxy/blueprint.ts';
import { jibri } from './jibri/blueprint.ts';
import { jicofo } from './jicofo/blueprint.ts';
import { jvb } from './jvb/blueprint.ts';
import { kubernetes } from './kubernetes/blueprint.ts';
import { lobby } from './lobby/blueprint.ts';
import { loginBackoff } from './login-backoff/blueprint.ts';
import { machineBridge } from './machine-bridge/blueprint.ts';
import { machineRecorder } from './machine-recorder/blueprint.ts';
import { machines } from './machines/blueprint.ts';
import { nginx } from './nginx/blueprint.ts';
import { numbers } from './numbers/blueprint.ts';
import { operations } from './operations/blueprint.ts';
import { pins } from './pins/blueprint.ts';
import { prosody } from './prosody/blueprint.ts';
import { rebuild } from './rebuild/blueprint.ts';
import { rebuildForgejo } from './rebuild-forgejo/blueprint.ts';
import { rebuildGithub } from './rebuild-github/blueprint.ts';
import { rebuildGitlab } from './rebuild-gitlab/blueprint.ts';
import { rebuildJenkins } from './rebuild-jenkins/blueprint.ts';
import { rebuildNone } from './rebuild-none/blueprint.ts';
import { rebuildTimer } from './rebuild-timer/blueprint.ts';
import { rebuildTravis } from './rebuild-travis/blueprint.ts';
import { rebuildWoodpecker } from './rebuild-woodpecker/blueprint.ts';
import { repository } from './repository/blueprint.ts';
import { tokens } from './tokens/blueprint.ts';
import { turnCoturn } from './turn-coturn/blueprint.ts';
import { turnExisting } from './turn-existing/blueprint.ts';
import { turnNone } from './turn-none/blueprint.ts';
import { web } from './web/blueprint.ts';

/** Every feature, in the order of their folder names. */
export const blueprints: readonly AnyBlueprint[] = [
  alertsMail,
  alertsNone,
  alertsNtfy,
  alertsWebhook,
  authInternal,
  authJwt,
  authLdap,
  authMatrix,
  authOidc,
  authOpen,
  backupNone,
  backupRestic,
  backupRsync,
  brandingNone,
  brandingOwn,
  certificatesAcme,
  certificatesOwn,
  certificatesSelfSigned,
  cloudInit,
  edgeExternal,
  edgeHaproxy,
  edgeNginx,
  extraConnectionTest,
  extraDocuments,
  extraLivestreaming,
  extraLogs,
  extraMetrics,
  extraMonitoring,
  extraRecording,
  extraTelephone,
  extraTranscription,
  extraWhiteboard,
  firewallAws,
  firewallAzure,
  firewallDigitalocean,
  firewallFirewalld,
  firewallFortigate,
  firewallGoogle,
  firewallHetzner,
  firewallIptables,
  firewallMikrotik,
  firewallNftables,
  firewallOpenstack,
  firewallOpenwrt,
  firewallOpnsense,
  firewallOracle,
  firewallPfsense,
  firewallPorts,
  firewallScaleway,
  firewallUfw,
  firewallUnifi,
  goMmproxy,
  jibri,
  jicofo,
  jvb,
  kubernetes,
  lobby,
  loginBackoff,
  machineBridge,
  machineRecorder,
  machines,
  nginx,
  numbers,
  operations,
  pins,
  prosody,
  rebuild,
  rebuildForgejo,
  rebuildGithub,
  rebuildGitlab,
  rebuildJenkins,
  rebuildNone,
  rebuildTimer,
  rebuildTravis,
  rebuildWoodpecker,
  repository,
  tokens,
  turnCoturn,
  turnExisting,
  turnNone,
  web,
];
