export interface RelayLogin {
  readonly url: string;
  readonly username: string;
  readonly password: string;
}

/** Runs in the page, and makes it one end of a conversation: `lab` there. With a login it may use that relay only. */
export function becomeEnd(login?: RelayLogin): void {
  // biome-ignore lint/suspicious/noExplicitAny: the types of a browser are not those of this project
  const page = globalThis as any;
  const wanted = login ? 'relay' : 'host';
  const servers = login
    ? [{ urls: login.url, username: login.username, credential: login.password }]
    : [];
  const connection = new page.RTCPeerConnection({
    iceTransportPolicy: login ? 'relay' : 'all',
    iceServers: servers,
  });
  const complaints: string[] = [];
  connection.onicecandidateerror = (event: { errorText: string; errorCode: number }) =>
    complaints.push(`${event.errorCode} ${event.errorText}`);
  const late = (what: string, seconds: number) =>
    new Promise((_, reject) => {
      const say = () =>
        reject(new Error(`${what}: ${connection.iceConnectionState} ${complaints}`));
      page.setTimeout(say, seconds * 1000);
    });
  // One way through the relay is enough; those over other interfaces would come seconds later.
  const found = new Promise<void>((resolve) => {
    connection.onicecandidate = ({ candidate }: { candidate: { type: string } | null }) =>
      (login ? candidate?.type === wanted : !candidate) && resolve();
  });
  const gathered = () => Promise.race([found, late(`no way of the kind ${wanted}`, 20)]);
  const connected = new Promise<void>((resolve) => {
    connection.onconnectionstatechange = () =>
      connection.connectionState === 'connected' && resolve();
  });
  page.lab = {
    async answer(offer: unknown) {
      await connection.setRemoteDescription(offer);
      await connection.setLocalDescription(await connection.createAnswer());
      await gathered();
      return connection.localDescription.toJSON();
    },
    // A browser says that only once DTLS is through, too.
    connected: (seconds: number) => Promise.race([connected, late('not connected', seconds)]),
    async way() {
      const all = [...(await connection.getStats()).values()];
      const used = all.find((row) => row.type === 'transport')?.selectedCandidatePairId;
      const pair = all.find((row) => row.id === used);
      const [local, remote] = [pair?.localCandidateId, pair?.remoteCandidateId].map((id) =>
        all.find((row) => row.id === id),
      );
      return { relay: local?.relayProtocol ?? 'none', to: remote?.address ?? '' };
    },
  };
}
