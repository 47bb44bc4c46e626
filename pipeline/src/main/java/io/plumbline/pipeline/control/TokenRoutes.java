package io.plumbline.pipeline.control;

import io.plumbline.config.probe.Durations;
import io.plumbline.config.text.Fields;
import io.plumbline.config.text.NodeReader;
import io.plumbline.config.wire.Topics;
import io.plumbline.pipeline.control.access.AccessRole;
import io.plumbline.pipeline.control.access.Bounds;
import io.plumbline.pipeline.control.access.Caller;
import io.plumbline.pipeline.control.access.Guard;
import io.plumbline.pipeline.control.access.Token;
import io.plumbline.pipeline.control.access.Tokens;
import io.plumbline.pipeline.control.audit.Audit;
import io.plumbline.pipeline.control.http.Body;
import io.plumbline.pipeline.control.http.Problem;
import io.plumbline.pipeline.control.http.Requests;
import io.plumbline.pipeline.control.http.RouteGroup;
import io.plumbline.pipeline.control.records.ControlReader;
import io.plumbline.pipeline.control.records.Writer;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RoutingHandler;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The API's part under {@code /tokens}, for admins. A secret is in the answer that makes it, and nowhere after.
 *
 * <p>Threads: requests; one change at a time.
 */
final class TokenRoutes implements RouteGroup {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,39}");
    /** No commas, spaces or control characters: what a label's value may look like in a target. */
    private static final Pattern PATTERN = Pattern.compile("[A-Za-z0-9*][A-Za-z0-9*._/-]{0,99}");

    private static final Duration DEFAULT_LIFE = Duration.ofDays(30);
    private static final Duration MAX_LIFE = Duration.ofDays(366);
    /** A working day: who comes by the printed link gets another with the next start. */
    private static final Duration SESSION_LIFE = Duration.ofHours(12);

    private static final int SESSION_NAME_BYTES = 4;
    private static final Set<String> KEYS = Set.of("name", "role", "services", "environments", "for");

    private final Tokens tokens;
    private final Writer writer;
    private final ControlReader reader;
    private final Clock clock;
    private final Audit audit;

    TokenRoutes(Tokens tokens, Writer writer, ControlReader reader, Clock clock, Audit audit) {
        this.tokens = tokens;
        this.writer = writer;
        this.reader = reader;
        this.clock = clock;
        this.audit = audit;
    }

    @Override
    public void add(RoutingHandler routes, String root) {
        routes.get(root + "/tokens", Guard.needs(AccessRole.ADMIN, this::list));
        routes.post(root + "/tokens", Guard.needs(AccessRole.ADMIN, this::create));
        routes.delete(root + "/tokens/{id}", Guard.needs(AccessRole.ADMIN, this::revoke));
    }

    private Map<String, Object> list(HttpServerExchange exchange) {
        return Map.of("tokens", tokens.all().stream().map(this::shown).toList());
    }

    private Map<String, Object> shown(Token token) {
        Map<String, Object> map = token.map();
        map.put("expired", !clock.instant().isBefore(token.expires()));
        return map;
    }

    private synchronized Map<String, Object> create(HttpServerExchange exchange) throws IOException {
        Fields fields = Fields.of(NodeReader.json(Body.text(exchange), "the request"), "a token", KEYS);
        String secret = Token.secret();
        Token token = token(fields, secret, Caller.of(exchange).name());
        if (tokens.named(token.name()).filter(this::isGood).isPresent()
                || token.name().equals(Caller.START.name())) {
            throw Problem.conflict("there is a token '" + token.name()
                    + "' already; choose another name, or revoke it: plumb token" + " revoke " + token.name());
        }
        write(token);
        audit.changed(exchange, "token.create", told(token));
        Map<String, Object> answer = new LinkedHashMap<>(shown(token));
        answer.put("token", secret);
        return answer;
    }

    /** One for who came with the one-time token; its secret is in the answer alone. */
    synchronized Map<String, Object> session(HttpServerExchange exchange) {
        String secret = Token.secret();
        byte[] name = new byte[SESSION_NAME_BYTES];
        new SecureRandom().nextBytes(name);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Token token = new Token(
                "session-" + HexFormat.of().formatHex(name),
                Token.hash(secret),
                AccessRole.ADMIN,
                Bounds.ALL,
                now,
                now.plus(SESSION_LIFE),
                Caller.of(exchange).name(),
                false);
        write(token);
        audit.changed(exchange, "login", told(token));
        Map<String, Object> answer = new LinkedHashMap<>(shown(token));
        answer.put("token", secret);
        return answer;
    }

    private Token token(Fields fields, String secret, String maker) {
        String name = fields.requiredText("name");
        if (!NAME.matcher(name).matches()) {
            throw Problem.badRequest(
                    "name",
                    "a token's name has up to 40 lower-case letters, digits, '.', '_' and '-', and begins with one of the"
                            + " first two: " + name);
        }
        try {
            AccessRole role = role(fields.requiredText("role"));
            Bounds bounds = new Bounds(patterns(fields, "services"), patterns(fields, "environments"));
            if (role == AccessRole.ADMIN && !bounds.isAll()) {
                throw Problem.badRequest(
                        "role", "an admin has no bounds; leave services and environments out, or choose another role");
            }
            Duration life = fields.text("for").map(Durations::parse).orElse(DEFAULT_LIFE);
            if (life.compareTo(MAX_LIFE) > 0) {
                throw Problem.badRequest(
                        "for",
                        "a token lives for " + Durations.format(MAX_LIFE) + " at most: " + Durations.format(life));
            }
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            return new Token(name, Token.hash(secret), role, bounds, now, now.plus(life), maker, false);
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest("for", e.getMessage());
        }
    }

    private static AccessRole role(String word) {
        try {
            return AccessRole.of(word);
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest("role", e.getMessage());
        }
    }

    private static List<String> patterns(Fields fields, String key) {
        List<String> patterns = fields.textList(key);
        for (String pattern : patterns) {
            if (!PATTERN.matcher(pattern).matches()) {
                throw Problem.badRequest(key, key + " are names such as shop or pay*: " + pattern);
            }
        }
        return patterns;
    }

    private synchronized Map<String, Object> revoke(HttpServerExchange exchange) {
        String name = Requests.path(exchange, "id");
        Token token = tokens.named(name)
                .orElseThrow(() ->
                        Problem.notFound("there is no token '" + name + "'; plumb token list shows those there are"));
        write(token.asRevoked());
        audit.changed(exchange, "token.revoke", told(token));
        return Map.of("name", name, "revoked", true);
    }

    private static Map<String, String> told(Token token) {
        Map<String, String> told = new LinkedHashMap<>();
        told.put("name", token.name());
        told.put("role", token.role().word());
        told.put("for", token.bounds().toString());
        told.put("expires", token.expires().toString());
        return told;
    }

    private boolean isGood(Token token) {
        return !token.revoked() && clock.instant().isBefore(token.expires());
    }

    private void write(Token token) {
        RecordMetadata written = writer.write(Topics.TOKENS, Map.of(token.name(), token.json()));
        reader.awaitHandled(new TopicPartition(written.topic(), written.partition()), written.offset());
    }
}
