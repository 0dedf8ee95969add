package lab;

import java.io.IOException;
import java.net.Inet6Address;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ice4j.TransportAddress;
import org.ice4j.ice.Agent;
import org.ice4j.ice.Component;
import org.ice4j.ice.IceMediaStream;
import org.ice4j.ice.KeepAliveStrategy;
import org.ice4j.ice.LocalCandidate;
import org.ice4j.ice.NominationStrategy;
import org.ice4j.ice.harvest.SinglePortUdpHarvester;
import org.jitsi.utils.logging2.Logger;
import org.jitsi.utils.logging2.LoggerImpl;

/** One browser: its ICE agent and its DTLS, with the bridge's choices (IceTransport, DtlsTransport there). */
final class Session {
    private static final Logger log = new LoggerImpl(Session.class.getName());

    private final Agent agent = new Agent(log);
    private final IceMediaStream stream;
    private final Component component;
    private final boolean privateToo;
    private final Dtls dtls;

    /** `controlling` as whoever opens the session wants it: the one who offers is. */
    Session(List<SinglePortUdpHarvester> harvesters, boolean privateToo, boolean controlling) throws IOException {
        this.privateToo = privateToo;
        harvesters.forEach(agent::addCandidateHarvester);
        agent.setControlling(controlling);
        agent.setPerformConsentFreshness(true);
        agent.setNominationStrategy(NominationStrategy.NOMINATE_FIRST_HOST_OR_REFLEXIVE_VALID);
        stream = agent.createMediaStream("stream");
        component = agent.createComponent(stream, KeepAliveStrategy.SELECTED_ONLY, false);
        dtls = new Dtls(component::send, log);
        component.setBufferCallback(
            buffer -> dtls.arrived(buffer.getBuffer(), buffer.getOffset(), buffer.getLength()));
        agent.addStateChangeListener(event -> log.info(name() + ": ICE " + event.getNewValue()));
        // The bridge sends as soon as one pair is valid, and does not wait for the nominated one.
        stream.addPairChangeListener(event -> {
            if (event.getPropertyName().equals(IceMediaStream.PROPERTY_PAIR_VALIDATED)) dtls.start();
        });
    }

    String name() {
        return agent.getLocalUfrag();
    }

    /** The bridge offers; a browser answers without candidates, and is found by its own checks. */
    String offer() {
        String candidates = candidates().map(Session::line).collect(Collectors.joining());
        return """
            v=0
            o=- 1 1 IN IP4 0.0.0.0
            s=-
            t=0 0
            a=group:BUNDLE 0
            m=application 9 UDP/DTLS/SCTP webrtc-datachannel
            c=IN IP4 0.0.0.0
            a=mid:0
            a=sctp-port:5000
            a=setup:actpass
            a=ice-ufrag:%s
            a=ice-pwd:%s
            a=fingerprint:sha-256 %s
            %sa=end-of-candidates
            """.formatted(name(), password(), fingerprint(), candidates)
            .replace("\n", "\r\n");
    }

    void accept(String answer) {
        accept(attribute(answer, "ice-ufrag"), attribute(answer, "ice-pwd"), attribute(answer, "fingerprint"));
    }

    /** The browser's end; the fingerprint with its hash function in front. */
    void accept(String ufrag, String password, String fingerprint) {
        stream.setRemoteUfrag(ufrag);
        stream.setRemotePassword(password);
        dtls.expect(fingerprint);
        agent.startConnectivityEstablishment();
    }

    String password() {
        return agent.getLocalPassword();
    }

    String fingerprint() {
        return dtls.fingerprint();
    }

    Stream<LocalCandidate> candidates() {
        return component.getLocalCandidates().stream()
            .filter(one -> privateToo || !isPrivate(one.getTransportAddress()));
    }

    /** Nothing is answered any more. */
    void end() {
        agent.free();
    }

    private static String attribute(String sdp, String name) {
        return sdp.lines().filter(line -> line.startsWith("a=" + name + ":")).findFirst()
            .map(line -> line.substring(line.indexOf(':') + 1)).orElseThrow();
    }

    private static String line(LocalCandidate candidate) {
        TransportAddress at = candidate.getTransportAddress();
        TransportAddress base = candidate.getRelatedAddress();
        String related = base == null ? "" : " raddr " + base.getHostAddress() + " rport " + base.getPort();
        return "a=candidate:%s 1 udp %d %s %d typ %s%s\n".formatted(candidate.getFoundation(),
            candidate.getPriority(), at.getHostAddress(), at.getPort(), candidate.getType(), related);
    }

    private static boolean isPrivate(TransportAddress at) {
        return at.getAddress().isSiteLocalAddress()
            || (at.getAddress() instanceof Inet6Address six && (six.getAddress()[0] & 0xfe) == 0xfc);
    }
}
