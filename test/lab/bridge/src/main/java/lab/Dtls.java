package lab;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.TlsFatalAlert;
import org.jitsi.utils.logging2.Logger;

/** The server's end of DTLS, which says in the log how the handshake went. */
final class Dtls implements DatagramTransport {
    /** How a packet is sent through the pair that ICE chose. */
    interface Way {
        void send(byte[] packet, int offset, int length) throws IOException;
    }

    private final BlockingQueue<byte[]> packets = new LinkedBlockingQueue<>(256);
    private final Identity identity;
    private final Way way;
    private final Logger log;
    private final AtomicBoolean started = new AtomicBoolean();
    private String wanted = "";

    Dtls(Way way, Logger log) throws IOException {
        this.way = way;
        this.log = log;
        try {
            identity = Identity.create();
        } catch (GeneralSecurityException | org.bouncycastle.operator.OperatorCreationException error) {
            throw new IOException(error);
        }
    }

    String fingerprint() {
        return identity.fingerprint();
    }

    /** The fingerprint that the browser's certificate has to have, with its hash function in front. */
    void expect(String fingerprint) {
        wanted = fingerprint;
    }

    void arrived(byte[] buffer, int offset, int length) {
        // A queue that is full loses a packet, as a network does.
        packets.offer(Arrays.copyOfRange(buffer, offset, offset + length));
    }

    /** Begins when it is called for the first time. */
    void start() {
        if (started.getAndSet(true)) return;
        var thread = new Thread(this::shakeHands, "dtls");
        thread.setDaemon(true);
        thread.start();
    }

    private void shakeHands() {
        try {
            var transport = new DTLSServerProtocol().accept(new Handshake(identity, () -> wanted), this);
            log.info("DTLS: connected");
            byte[] said = new byte[transport.getReceiveLimit()];
            while (!Thread.interrupted())
                if (transport.receive(said, 0, said.length, 1000) > 0) log.debug("SCTP from the browser");
        } catch (IOException error) {
            log.error("DTLS: " + error);
        }
    }

    @Override
    public int getReceiveLimit() {
        return 1500 - 20 - 8;
    }

    @Override
    public int getSendLimit() {
        return 1500 - 84 - 8;
    }

    @Override
    public int receive(byte[] buffer, int offset, int length, int millis) throws IOException {
        try {
            byte[] packet = packets.poll(Math.max(millis, 1), TimeUnit.MILLISECONDS);
            if (packet == null) return -1;
            System.arraycopy(packet, 0, buffer, offset, Math.min(packet.length, length));
            return Math.min(packet.length, length);
        } catch (InterruptedException error) {
            throw new IOException(error);
        }
    }

    @Override
    public void send(byte[] buffer, int offset, int length) throws IOException {
        try {
            way.send(buffer, offset, length);
        } catch (IOException error) {
            // The bridge does not survive this either: its DTLS ends with an internal error.
            log.error("Error sending packet", error);
            throw new TlsFatalAlert(AlertDescription.internal_error, error);
        }
    }

    @Override
    public void close() {
        packets.clear();
    }
}
