package lab;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.ice4j.ice.harvest.AbstractUdpListener;
import org.ice4j.ice.harvest.MappingCandidateHarvesters;
import org.ice4j.ice.harvest.SinglePortUdpHarvester;

/**
 * Answers browsers as jitsi-videobridge does: one UDP port with a socket on each address of the container, candidates
 * mapped as its configuration says, DTLS through the pair that ICE nominated. It forwards nothing.
 *
 * Meetings are opened over XMPP, as jicofo opens them. Besides, in place of Jingle, there are two HTTP requests: POST /offer gives the
 * bridge's offer (SDP), and POST /answer takes the browser's; POST /leave ends them all. Draining, counting and signing in are as there, every session counting as a
 * meeting of one.
 */
public final class Bridge {
    private final List<SinglePortUdpHarvester> harvesters;
    private final boolean privateToo;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final Meetings meetings;
    private volatile boolean draining;

    private Bridge(Config config) {
        AbstractUdpListener.USE_PUSH_API = true;
        MappingCandidateHarvesters.initialize();
        harvesters = SinglePortUdpHarvester.createHarvesters(config.getInt("videobridge.ice.udp.port"));
        privateToo = config.getBoolean("videobridge.ice.advertise-private-candidates");
        meetings = new Meetings(controlling -> new Session(harvesters, privateToo, controlling));
    }

    private int open() {
        return sessions.size() + meetings.size();
    }

    /** Configuration: the file that -Dconfig.file names. */
    public static void main(String[] args) throws IOException {
        var config = ConfigFactory.load();
        var bridge = new Bridge(config);
        var brewery = new Brewery(config, () -> bridge.draining, bridge.meetings);
        var http = config.getConfig("videobridge.http-servers.private");
        var server = HttpServer.create(new InetSocketAddress(http.getString("host"), http.getInt("port")), 0);
        server.createContext("/about/health", exchange -> {
            boolean healthy = !bridge.harvesters.isEmpty();
            reply(exchange, healthy ? 200 : 500, healthy ? "OK" : "no socket could be opened");
        });
        // As long as it drains, it takes no new meeting.
        server.createContext("/offer", exchange -> {
            if (bridge.draining) reply(exchange, 503, "draining");
            else reply(exchange, 200, bridge.offer());
        });
        server.createContext("/leave", exchange -> {
            bridge.sessions.clear();
            reply(exchange, 200, "");
        });
        server.createContext("/metrics", exchange ->
            reply(exchange, 200, """
                jitsi_jvb_conferences %1$d.0
                jitsi_jvb_current_endpoints %1$d.0
                jitsi_jvb_drain_mode %2$d.0
                jitsi_jvb_mucs_joined %3$d.0
                """.formatted(bridge.open(), bridge.draining ? 1 : 0, brewery.joined())));
        for (boolean drain : new boolean[] {true, false})
            server.createContext("/colibri/drain/" + (drain ? "enable" : "disable"), exchange -> {
                bridge.draining = drain;
                reply(exchange, 200, "");
            });
        if (Shutdown.offered()) {
            var delay = config.getDuration("videobridge.shutdown.shutting-down-delay");
            var shutdown = new Shutdown(() -> {
                bridge.draining = true;
                bridge.meetings.takeNone();
            }, () -> bridge.open() == 0, delay);
            server.createContext("/colibri/shutdown", exchange -> reply(exchange, shutdown.answer(exchange), ""));
        }
        server.createContext("/answer", exchange -> {
            String answer = new String(exchange.getRequestBody().readAllBytes());
            // The browser says nothing about whom it answers: the bridge's own name of the session is in the query.
            var session = bridge.sessions.get(exchange.getRequestURI().getQuery());
            if (session != null) session.accept(answer);
            reply(exchange, session == null ? 404 : 200, "");
        });
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
    }

    private String offer() throws IOException {
        var session = new Session(harvesters, privateToo, true);
        sessions.put(session.name(), session);
        return session.offer();
    }

    private static void reply(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes();
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
