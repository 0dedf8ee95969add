package lab;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.ice4j.TransportAddress;
import org.ice4j.ice.LocalCandidate;
import org.jitsi.xmpp.extensions.colibri2.Capability;
import org.jitsi.xmpp.extensions.colibri2.Colibri2Endpoint;
import org.jitsi.xmpp.extensions.colibri2.ConferenceModifiedIQ;
import org.jitsi.xmpp.extensions.colibri2.ConferenceModifyIQ;
import org.jitsi.xmpp.extensions.colibri2.Transport;
import org.jitsi.xmpp.extensions.jingle.CandidateType;
import org.jitsi.xmpp.extensions.jingle.DtlsFingerprintPacketExtension;
import org.jitsi.xmpp.extensions.jingle.IceCandidatePacketExtension;
import org.jitsi.xmpp.extensions.jingle.IceRtcpmuxPacketExtension;
import org.jitsi.xmpp.extensions.jingle.IceUdpTransportPacketExtension;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.StanzaError;
import org.jivesoftware.smack.packet.StanzaError.Condition;

/**
 * Meetings that are asked for over XMPP (colibri2), with the rules of jitsi-videobridge (Videobridge and Colibri2ConferenceHandler there) for
 * opening a meeting with its first end, and for ending it. Everything else is refused: jicofo of the lab asks for none.
 */
final class Meetings {
    /** Opens an end's ICE, controlling or not. */
    interface Opening {
        Session open(boolean controlling) throws IOException;
    }

    private final Map<String, Session> open = new HashMap<>();
    private final Opening opening;
    private boolean closed;

    Meetings(Opening opening) {
        this.opening = opening;
    }

    synchronized int size() {
        return open.size();
    }

    /** From now on none is opened: the bridge shuts down. */
    synchronized void takeNone() {
        closed = true;
    }

    synchronized IQ answer(ConferenceModifyIQ asked) {
        String id = asked.getMeetingId();
        if (!asked.getCreate() && !open.containsKey(id)) return no(asked, Condition.item_not_found, "Conference not found");
        if (asked.getCreate() && open.containsKey(id)) return no(asked, Condition.conflict, "Conference already exists");
        if (asked.getCreate() && closed) return no(asked, Condition.service_unavailable, "In graceful shutdown");
        if (asked.getExpire()) {
            open.remove(id).end();
            return ConferenceModifiedIQ.builder(ConferenceModifiedIQ.Builder.createResponse(asked)).build();
        }
        if (!asked.getCreate() || asked.getEndpoints().size() != 1 || !asked.getRelays().isEmpty())
            return no(asked, Condition.feature_not_implemented, "Not done by a stand-in");
        var end = asked.getEndpoints().get(0);
        Transport transport = end.getTransport();
        if (!end.getCreate()) return no(asked, Condition.item_not_found, "Unknown endpoint");
        if (transport == null) return no(asked, Condition.bad_request, "Attempt to create endpoint with no <transport>");
        if (!end.hasCapability(Capability.CAP_SOURCE_NAME_SUPPORT))
            return no(asked, Condition.bad_request, "Source name support is mandatory.");
        try {
            var session = opening.open(transport.getIceControlling());
            open.put(id, session);
            begin(session, transport.getIceUdpTransport());
            var opened = Colibri2Endpoint.getBuilder();
            opened.setId(end.getId()).setTransport(described(session));
            return ConferenceModifiedIQ.builder(ConferenceModifiedIQ.Builder.createResponse(asked))
                .addEndpoint(opened.build())
                .build();
        } catch (IOException error) {
            return no(asked, Condition.internal_server_error, error.toString());
        }
    }

    /** Without a name and a password of the other end there is nothing to begin with yet. */
    private static void begin(Session session, IceUdpTransportPacketExtension browser) {
        if (browser == null || browser.getUfrag() == null || browser.getPassword() == null) return;
        var certificate = browser.getFirstChildOfType(DtlsFingerprintPacketExtension.class);
        String fingerprint = certificate == null ? "" : certificate.getHash() + " " + certificate.getFingerprint();
        session.accept(browser.getUfrag(), browser.getPassword(), fingerprint);
    }

    private static Transport described(Session session) {
        var ice = new IceUdpTransportPacketExtension();
        ice.setUfrag(session.name());
        ice.setPassword(session.password());
        session.candidates().map(Meetings::described).forEach(ice::addChildExtension);
        ice.addChildExtension(new IceRtcpmuxPacketExtension());
        var certificate = new DtlsFingerprintPacketExtension();
        certificate.setHash("sha-256");
        certificate.setFingerprint(session.fingerprint());
        certificate.setSetup("passive");
        ice.addChildExtension(certificate);
        return Transport.getBuilder().setIceUdpExtension(ice).build();
    }

    private static IceCandidatePacketExtension described(LocalCandidate candidate) {
        TransportAddress at = candidate.getTransportAddress();
        var one = new IceCandidatePacketExtension();
        one.setID(candidate.getFoundation() + "-" + at.getPort() + "-" + at.getHostAddress());
        one.setFoundation(candidate.getFoundation());
        one.setComponent(1);
        one.setGeneration(0);
        one.setNetwork(0);
        one.setProtocol("udp");
        one.setPriority(candidate.getPriority());
        one.setIP(at.getHostAddress());
        one.setPort(at.getPort());
        one.setType(CandidateType.valueOf(candidate.getType().toString()));
        return one;
    }

    private static IQ no(IQ asked, Condition condition, String why) {
        return IQ.createErrorResponse(asked, StanzaError.from(condition, why).build());
    }
}
