package lab;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * POST /colibri/shutdown {"graceful-shutdown":true}, as jitsi-videobridge has it: no new meetings from then on, and when the
 * last one is over, the program ends after a while. Without that word in the request it is refused.
 */
final class Shutdown {
    private final Runnable takeNobody;
    private final BooleanSupplier empty;
    private final Duration delay;
    private boolean asked;

    Shutdown(Runnable takeNobody, BooleanSupplier empty, Duration delay) {
        this.takeNobody = takeNobody;
        this.empty = empty;
        this.delay = delay;
    }

    /** Whether the environment has switched the route on; there is none otherwise. */
    static boolean offered() {
        return isOn("COLIBRI_REST_ENABLED") && isOn("SHUTDOWN_REST_ENABLED");
    }

    /** Answers a request: the status. */
    int answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes());
        if (!exchange.getRequestMethod().equals("POST")) return 405;
        if (!body.matches("(?s).*\"graceful-shutdown\"\\s*:\\s*true.*")) return 400;
        begin();
        return 200;
    }

    private synchronized void begin() {
        takeNobody.run();
        if (asked) return;
        asked = true;
        var wait = new Thread(() -> {
            try {
                while (!empty.getAsBoolean()) Thread.sleep(500);
                Thread.sleep(delay.toMillis());
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            System.exit(0);
        });
        wait.setDaemon(true);
        wait.start();
    }

    private static boolean isOn(String name) {
        String value = System.getenv(name);
        return value != null && (value.equals("1") || value.equals("true"));
    }
}
