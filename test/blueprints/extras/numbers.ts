/** What programs of a stack say of themselves: real names, of which the bridge’s were read where others collect them. */
const lines = (values: Readonly<Record<string, number>>) =>
  Object.entries(values)
    .map(([name, value]) => `${name} ${value}\n`)
    .join('');

export const bridge = lines({
  jitsi_jvb_conferences: 3,
  jitsi_jvb_current_endpoints: 12,
  jitsi_jvb_largest_conference: 6,
  jitsi_jvb_endpoints_sending_video: 8,
  jitsi_jvb_endpoints_relayed: 2,
  jitsi_jvb_stress: 0.31,
  jitsi_jvb_incoming_loss_fraction: 0.002,
  jitsi_jvb_outgoing_loss_fraction: 0.001,
  jitsi_jvb_ice_failed_total: 1,
  jitsi_jvb_endpoints_dtls_failed_total: 0,
  jitsi_jvb_incoming_bitrate: 4e6,
  jitsi_jvb_outgoing_bitrate: 2e7,
});

export const focus = lines({
  jitsi_jicofo_bridge_selector_bridge_count: 1,
  jitsi_jicofo_bridge_selector_bridge_count_operational: 1,
});

/** Of coTURN, NGINX, HAProxy and node_exporter together. */
export const relay = lines({
  'turn_total_allocations{type="UDP"}': 2,
  turn_total_traffic_rcvb: 1000,
  turn_total_traffic_sentb: 2000,
  nginx_connections_active: 14,
  'haproxy_frontend_current_sessions{proxy="tls"}': 15,
  'node_cpu_seconds_total{cpu="0",mode="idle"}': 100,
  'node_cpu_seconds_total{cpu="0",mode="steal"}': 1,
  node_memory_MemAvailable_bytes: 2e9,
  node_memory_MemTotal_bytes: 4e9,
  'node_filesystem_avail_bytes{mountpoint="/"}': 2e10,
  'node_filesystem_size_bytes{mountpoint="/"}': 4e10,
});
