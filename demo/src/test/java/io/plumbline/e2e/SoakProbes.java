package io.plumbline.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** The probes of a soak: some that stay, by which it is known what has to arrive, and others that come and go around them. */
final class SoakProbes {
    private static final String TICK = TickerProgram.NAME + ":" + TickerProgram.line();
    private static final String SHOP = "io.plumbline.demo.shop.OrderService";
    private static final String PAID = SHOP + ":23";
    private static final String BOOKED = "io.plumbline.demo.payments.Ledger:37";

    /** Ticks from the request until a condition begins or ceases to hold: enough to be installed. */
    private static final int AHEAD = 20_000;

    private static final int LOG_EVERY = 20;
    private static final int MAX_GUESTS = 12;
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);

    /** What comes and goes. Some are wrong on purpose, and some share their line with those that stay. */
    private static final List<String> GUESTS = List.of(
            "at: '" + TICK + "', log: 'number {number}', if: number % 50 == 0",
            "at: '" + TICK + "', count: {name: guest.ticks, labels: {rest: number % 7}}",
            "at: '" + TICK + "', histogram: {name: guest.doubled, value: doubled}",
            "at: '" + TICK + "', gauge: {name: guest.last, value: number}",
            "at: '" + TICK + "', snapshot: true, limits: {hits: 5}",
            "at: '" + PAID + "', log: 'order {order.id} of {order.customer.name}: {total}'",
            "at: '" + PAID + "', snapshot: {watch: [order.id], depth: 3}",
            "at: '" + BOOKED + "', histogram: {name: guest.cents, value: cents}, log: 'cents {cents}'",
            "at: '" + SHOP + "#pay:catch(RuntimeException)', exception: true",
            "at: '" + SHOP + "#place:exit', histogram: {name: guest.millis, value: $duration}",
            "span: {by: trace, points: {A: '" + SHOP + "#place', B: '" + BOOKED + "', C: '" + SHOP + "#place:exit'}}",
            "at: 'io.plumbline.demo.shop.NoSuchClass:1', log: nothing",
            "at: '" + PAID + "', log: '{noSuchVariable}'");

    private final SoakCast cast;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Random random = new Random(42);
    private final Deque<String> guests = new ArrayDeque<>();
    private int changes;
    private int refused;
    private int number;
    private int firstTick;

    SoakProbes(SoakCast cast) {
        this.cast = cast;
    }

    void setThoseThatStay() throws Exception {
        firstTick = roundedUp(ticks() + AHEAD);
        must(post("id: soak-paid, at: '" + PAID + "', count: soak.paid, for: 24h"));
        must(post("id: soak-way, span: {by: trace, points: {A: '" + PAID + "', B: '" + BOOKED + "'}}, for: 24h"));
        must(setTicks("number >= " + firstTick));
        for (String id : List.of("soak-paid", "soak-way", "soak-ticks", "soak-log")) {
            Await.until(id, SoakCast.SOON, () -> state(id), state -> state.matches(".*(installed|emitting).*"));
        }
    }

    private HttpResponse<String> setTicks(String when) throws Exception {
        return post("id: soak-ticks, at: '" + TICK + "', if: " + when + ", count: soak.ticks, for: 24h\n---\n"
                + "id: soak-log, at: '" + TICK + "', if: " + when + " && number % " + LOG_EVERY
                + " == 0, log: '~tick {number / " + LOG_EVERY + "}~', for: 24h");
    }

    /** One comes, goes, or changes. What can't be asked now, as something is broken, is not asked. */
    void change() {
        changes++;
        try {
            int dice = random.nextInt(10);
            if (guests.size() >= MAX_GUESTS || (dice < 4 && !guests.isEmpty())) {
                check(send(request("/api/v1/probes/" + guests.removeFirst()).DELETE()));
            } else if (dice < 5 && !guests.isEmpty()) {
                check(post("id: " + guests.peekLast() + ", " + GUESTS.get(random.nextInt(GUESTS.size()))));
            } else {
                String id = "guest-" + ++number;
                guests.addLast(id);
                check(post("id: " + id + ", " + GUESTS.get(random.nextInt(GUESTS.size()))));
            }
        } catch (IOException e) {
            refused++; // the control plane is down, which a fault wants
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void check(HttpResponse<String> answer) {
        if (answer.statusCode() >= 500) {
            refused++;
        } else if (answer.statusCode() >= 400 && answer.statusCode() != 404) {
            throw new AssertionError(answer.body());
        }
    }

    /** Ends what stays at a known tick, and holds what arrived against what had to. */
    SoakTruth end(Duration drain) throws Exception {
        long orders = cast.awaitOrders();
        int lastTick = roundedUp(ticks() + AHEAD);
        must(setTicks("number >= " + firstTick + " && number < " + lastTick));
        Await.until("the last tick", Duration.ofMinutes(2), this::ticks, now -> now > lastTick + 2_000);
        SoakTruth truth = new SoakTruth(orders, firstTick, lastTick, LOG_EVERY);
        long deadline = System.nanoTime() + drain.toNanos();
        while (true) {
            truth.look(cast);
            if (truth.failures().isEmpty() || System.nanoTime() > deadline) {
                return truth;
            }
            Thread.sleep(1_000);
        }
    }

    int changes() {
        return changes;
    }

    int refused() {
        return refused;
    }

    private int ticks() {
        String[] lines = cast.ticker()
                .output()
                .lines()
                .filter(line -> line.startsWith("ticks"))
                .toArray(String[]::new);
        return lines.length == 0 ? 0 : Integer.parseInt(lines[lines.length - 1].split(" ")[1]);
    }

    private static int roundedUp(int tick) {
        return (tick / LOG_EVERY + 1) * LOG_EVERY;
    }

    private String state(String id) throws Exception {
        return cast.plumb
                .run("probe", "show", id, "--json")
                .json()
                .get("reports")
                .toString();
    }

    private HttpResponse<String> post(String probe) throws IOException, InterruptedException {
        String body = probe.lines()
                .map(line -> line.startsWith("-") ? line : "{" + line + "}")
                .reduce((a, b) -> a + "\n" + b)
                .orElseThrow();
        return send(request("/api/v1/probes").POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path) {
        JsonNode control = cast.plumb.control();
        return HttpRequest.newBuilder(URI.create(control.get("url").asText() + path))
                .timeout(REQUEST_TIMEOUT)
                .header("authorization", "Bearer " + control.get("token").asText());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static void must(HttpResponse<String> answer) {
        if (answer.statusCode() >= 300) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
    }
}
