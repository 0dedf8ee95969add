package lab;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Hashtable;
import java.util.Vector;
import java.util.function.Supplier;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SRTPProtectionProfile;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;

/** DTLS 1.2 with ECDSA, SRTP keys and a certificate on both sides, which has the fingerprint of the signalling. */
final class Handshake extends DefaultTlsServer {
    private static final SignatureAndHashAlgorithm ecdsa =
        new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa);

    private final Identity identity;
    private final Supplier<String> wanted;

    Handshake(Identity identity, Supplier<String> wanted) {
        super(Identity.crypto);
        this.identity = identity;
        this.wanted = wanted;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return new ProtocolVersion[] {ProtocolVersion.DTLSv12};
    }

    @Override
    public int[] getCipherSuites() {
        return new int[] {CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256};
    }

    @Override
    public int getHandshakeTimeoutMillis() {
        return 30_000;
    }

    @Override
    @SuppressWarnings("unchecked")
    public Hashtable<Integer, byte[]> getServerExtensions() throws IOException {
        var extensions = (Hashtable<Integer, byte[]>) super.getServerExtensions();
        if (extensions == null) extensions = new Hashtable<>();
        int[] profiles = {SRTPProtectionProfile.SRTP_AES128_CM_HMAC_SHA1_80};
        TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(profiles, TlsUtils.EMPTY_BYTES));
        return extensions;
    }

    @Override
    protected TlsCredentialedSigner getECDSASignerCredentials() throws IOException {
        var key = PrivateKeyFactory.createKey(identity.keys().getPrivate().getEncoded());
        return new BcDefaultTlsCredentialedSigner(
            new TlsCryptoParameters(context), Identity.crypto, key, identity.certificate(), ecdsa);
    }

    @Override
    public CertificateRequest getCertificateRequest() {
        var algorithms = new Vector<SignatureAndHashAlgorithm>();
        algorithms.add(ecdsa);
        return new CertificateRequest(new short[] {ClientCertificateType.ecdsa_sign}, algorithms, null);
    }

    @Override
    public void notifyClientCertificate(Certificate shown) throws IOException {
        try {
            String seen = shown.isEmpty() ? "none" : Identity.fingerprintOf(shown.getCertificateAt(0).getEncoded());
            if (!wanted.get().strip().equalsIgnoreCase("sha-256 " + seen))
                throw new TlsFatalAlert(AlertDescription.bad_certificate, "another certificate than signalled");
        } catch (GeneralSecurityException error) {
            throw new IOException(error);
        }
    }
}
