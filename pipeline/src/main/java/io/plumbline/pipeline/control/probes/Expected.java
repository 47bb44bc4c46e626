package io.plumbline.pipeline.control.probes;

import io.plumbline.config.probe.Probe;
import io.plumbline.pipeline.control.http.Problem;
import io.plumbline.pipeline.control.http.Requests;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a caller takes the present definitions for: versions by probe in the query, {@code expect=ID:VERSION}, where 0 stands for "not
 * there"; or, where one probe is meant, the headers {@code If-Match} and {@code If-None-Match: *}.
 */
public final class Expected {
    /** Nothing; whatever stands there is changed. */
    public static final Expected NOTHING = new Expected(Map.of(), null);

    private static final Pattern QUERY = Pattern.compile("([^:]+):(\\d{1,18})");
    private static final Pattern TAG = Pattern.compile("(W/)?\"([^\"]*)\"");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    private static final String PARAMETER = "expect";

    private final Map<String, Wanted> byId;
    /** For the one probe that is meant, whatever its id; or null. */
    private final Wanted one;

    /**
     * @param versions one of which is to be there
     * @param isAny whether any will do, but one there must be
     */
    private record Wanted(Set<Long> versions, boolean isAny) {
        boolean isMet(long version) {
            return isAny ? version != 0 : versions.contains(version);
        }

        String words() {
            if (isAny) {
                return "some version";
            }
            return versions.equals(Set.of(0L))
                    ? "none"
                    : "version " + versions.stream().map(String::valueOf).collect(Collectors.joining(" or "));
        }
    }

    private Expected(Map<String, Wanted> byId, Wanted one) {
        this.byId = byId;
        this.one = one;
    }

    /** The tag of a version, as it stands in {@code ETag}. */
    public static String tag(long version) {
        return '"' + Long.toString(version) + '"';
    }

    /**
     * What a request says.
     *
     * @throws Problem where it says so in no way that can be read
     */
    public static Expected of(HttpServerExchange exchange) {
        Map<String, Wanted> byId = new HashMap<>();
        for (String each : Requests.all(exchange, PARAMETER)) {
            Matcher matcher = QUERY.matcher(each);
            if (!matcher.matches()) {
                throw Problem.badRequest(
                        PARAMETER, "'expect' reads ID:VERSION, such as order-log:3, where 0 means not there: " + each);
            }
            byId.put(matcher.group(1), new Wanted(Set.of(Long.parseLong(matcher.group(2))), false));
        }
        return new Expected(byId, one(exchange));
    }

    private static Wanted one(HttpServerExchange exchange) {
        HeaderValues match = exchange.getRequestHeaders().get(Headers.IF_MATCH);
        HeaderValues noneMatch = exchange.getRequestHeaders().get(Headers.IF_NONE_MATCH);
        if (match != null && noneMatch != null) {
            throw Problem.badRequest("If-Match", "send If-Match or If-None-Match, not both");
        }
        if (noneMatch != null) {
            if (!List.of("*").equals(List.copyOf(noneMatch))) {
                throw Problem.badRequest(
                        "If-None-Match", "If-None-Match can only be * here, for a probe that is not there yet");
            }
            return new Wanted(Set.of(0L), false);
        }
        return match == null ? null : wanted(String.join(",", match));
    }

    /** A tag that is none of ours is nobody's version; a number that lost its quotes is taken for what it is. */
    private static Wanted wanted(String header) {
        if (header.strip().equals("*")) {
            return new Wanted(Set.of(), true);
        }
        if (NUMBER.matcher(header.strip()).matches()) {
            return new Wanted(Set.of(Long.parseLong(header.strip())), false);
        }
        Set<Long> versions = new TreeSet<>();
        Matcher tags = TAG.matcher(header);
        while (tags.find()) {
            boolean isOurs =
                    tags.group(1) == null && NUMBER.matcher(tags.group(2)).matches();
            versions.add(isOurs ? Long.parseLong(tags.group(2)) : -1);
        }
        if (versions.isEmpty()) {
            throw Problem.badRequest(
                    "If-Match", "If-Match takes the ETag of GET /probes/ID, in quotes, such as \"3\": " + header);
        }
        return new Wanted(versions, false);
    }

    /** @throws Problem where what is expected can't be about these probes */
    void requireAbout(List<Probe> written) {
        Set<String> ids = written.stream().map(Probe::id).collect(Collectors.toSet());
        Set<String> others = new HashSet<>(byId.keySet());
        others.removeAll(ids);
        if (!others.isEmpty()) {
            throw Problem.badRequest(
                    PARAMETER,
                    "'expect' names what is not sent: " + String.join(", ", others) + "; the probes sent are "
                            + String.join(", ", ids));
        }
        if (one != null && written.size() != 1) {
            throw Problem.badRequest(
                    "If-Match",
                    "If-Match and If-None-Match are for one probe, and these are " + written.size()
                            + "; name a version of each in the query: expect=ID:VERSION");
        }
    }

    /** Whether anything is expected of a probe. */
    boolean isOf(String id) {
        return one != null || byId.containsKey(id);
    }

    /** @param version of the one that is there; 0 for none */
    boolean isMet(String id, long version) {
        return (one == null || one.isMet(version))
                && (!byId.containsKey(id) || byId.get(id).isMet(version));
    }

    String words(String id) {
        return byId.containsKey(id) ? byId.get(id).words() : one.words();
    }
}
