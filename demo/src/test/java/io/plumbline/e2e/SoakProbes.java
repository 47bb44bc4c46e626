package io.plumbline.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** The probes of a soak: some that stay, by which it is known what has to arrive, and others that come and go around them. */
final class SoakProbes {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String TICK = TickerProgram.NAME + ":" + TickerProgram.line();
    private static final String SHOP = "io.plumbline.demo.shop.OrderService";
    private static final String PAID = SHOP + ":23";
    private static final String BOOKED = "io.plumbline.demo.payments.Ledger:37";

    /** Ticks from the request until a condition begins or ceases to hold: enough to be installed. */
    private static final int AHEAD = 20_000;

    /** So that nothing is sampled, and each thing can be missed. */
    private static final String ENOUGH = ", limits: {cpu: 5%}, for: 24h";

    private static final int LOG_EVERY = 20;
    private static final int CHANGE_EVERY_SECONDS = 3;
    private static final int MAX_GUESTS = 12;
    static final List<String> THOSE_THAT_STAY = List.of("soak-paid", "soak-way", "soak-ticks", "soak-log");

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
    private final ScheduledExecutorService changer = Executors.newSingleThreadScheduledExecutor();

    /** Set when the changes begin. */
    private ScheduledFuture<?> changing;

    // the changer's, read when it has ended
    private int changes;
    private int refused;
    private int number;
    private int firstTick;

    SoakProbes(SoakCast cast) {
        this.cast = cast;
    }

    void setThoseThatStay() throws Exception {
        firstTick = roundedUp(ticks() + AHEAD);
        must(post("id: soak-paid, at: '" + PAID + "', on: {service: shop}, count: soak.paid" + ENOUGH));
        must(post("id: soak-way, span: {by: trace, points: {A: {at: '" + PAID + "', on: {service: shop}}, B: {at: '"
                + BOOKED + "', on: {service: payments}}}}" + ENOUGH));
        must(setTicks("number >= " + firstTick));
        for (String id : THOSE_THAT_STAY) {
            Await.until(
                    id,
                    SoakCast.SOON,
                    () -> reports(id).toString(),
                    state -> state.matches(".*(installed|emitting).*"));
        }
    }

    private HttpResponse<String> setTicks(String when) throws Exception {
        return post("id: soak-ticks, at: '" + TICK + "', on: {service: ticker}, if: " + when + ", count: soak.ticks"
                + ENOUGH + "\n---\n"
                + "id: soak-log, at: '" + TICK + "', on: {service: ticker}, if: " + when + " && number % " + LOG_EVERY
                + " == 0, log: '~tick {number / " + LOG_EVERY + "}~'" + ENOUGH);
    }

    /** From now on something changes every few seconds, whatever is broken. */
    void startChanging() {
        changing = changer.scheduleWithFixedDelay(this::change, 0, CHANGE_EVERY_SECONDS, TimeUnit.SECONDS);
    }

    /** Ends the changes; fails where one was answered as it must not be. */
    void stopChanging() throws Exception {
        changer.shutdown();
        if (!changer.awaitTermination(REQUEST_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("a change is still under way");
        }
        if (changing.isDone() && !changing.isCancelled()) {
            changing.get();
        }
    }

    /** One comes, goes, or changes. What can't be asked now, as something is broken, is not asked. */
    private void change() {
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
    SoakTruth end(SoakReports reports, Duration drain) throws Exception {
        long orders = cast.awaitOrders();
        int lastTick = roundedUp(ticks() + AHEAD);
        must(setTicks("number >= " + firstTick + " && number < " + lastTick));
        Await.until("the last tick", Duration.ofMinutes(2), this::ticks, now -> now > lastTick + 2_000);
        SoakTruth truth = new SoakTruth(orders, firstTick, lastTick, LOG_EVERY);
        long deadline = System.nanoTime() + drain.toNanos();
        while (true) {
            truth.look(cast);
            truth.allow(reports.sampledOut("soak-ticks"));
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

    /** What instances say of a probe. */
    JsonNode reports(String id) throws IOException, InterruptedException {
        return MAPPER.readTree(send(request("/api/v1/probes/" + id)).body()).path("reports");
    }

    String scraped() throws IOException, InterruptedException {
        return new Scrape(cast.plumb.metricsUrl()).text();
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
