package lab;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValue;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jitsi.xmpp.extensions.colibri2.ConferenceModifyIQ;
import org.jitsi.xmpp.extensions.colibri2.IqProviderUtils;
import org.jitsi.xmpp.mucclient.IQListener;
import org.jitsi.xmpp.mucclient.MucClient;
import org.jitsi.xmpp.mucclient.MucClientConfiguration;
import org.jitsi.xmpp.mucclient.MucClientManager;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.StandardExtensionElement;

/**
 * The bridge's place in the room where jicofo finds it, by the very client that jitsi-videobridge has: it verifies
 * certificates, comes back and writes into the log as that one does. Configuration: `videobridge.apis.xmpp-client.configs`.
 */
final class Brewery {
    private static final String COLIBRI = "http://jitsi.org/protocol/colibri";
    private static final String HEALTH = "http://jitsi.org/protocol/healthcheck";
    private final MucClientManager manager = new MucClientManager();
    private final BooleanSupplier draining;

    Brewery(Config config, BooleanSupplier draining, Meetings meetings) {
        this.draining = draining;
        IqProviderUtils.registerProviders();
        manager.registerIQ("healthcheck", HEALTH);
        manager.registerIQ(ConferenceModifyIQ.ELEMENT, ConferenceModifyIQ.NAMESPACE);
        manager.setIQListener(new IQListener() {
            @Override
            public IQ handleIq(IQ iq, MucClient client) {
                return iq instanceof ConferenceModifyIQ asked ? meetings.answer(asked) : IQ.createResultIQ(iq);
            }
        });
        var clients = config.getConfig("videobridge.apis.xmpp-client.configs").root();
        for (Map.Entry<String, ConfigValue> client : clients.entrySet()) {
            var wanted = new MucClientConfiguration(client.getKey());
            var keys = config.getConfig("videobridge.apis.xmpp-client.configs." + client.getKey());
            for (String key : keys.root().keySet()) wanted.setProperty(key, keys.getString(key));
            manager.addMucClient(wanted);
        }
        Executors.newSingleThreadScheduledExecutor()
            .scheduleAtFixedRate(this::tell, 1, 5, TimeUnit.SECONDS);
    }

    /** The rooms in which the bridge is, as far as it knows. */
    long joined() {
        return manager.getMucJoinedCount();
    }

    private void tell() {
        if (joined() == 0) return;
        manager.setPresenceExtension(StandardExtensionElement.builder("stats", COLIBRI)
            .addElement(stat("drain", Boolean.toString(draining.getAsBoolean())))
            .addElement(stat("version", System.getProperty("lab.version", "unknown")))
            .build());
    }

    private static StandardExtensionElement stat(String name, String value) {
        return StandardExtensionElement.builder("stat", COLIBRI)
            .addAttribute("name", name)
            .addAttribute("value", value)
            .build();
    }
}
