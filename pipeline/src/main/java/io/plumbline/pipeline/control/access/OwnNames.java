package io.plumbline.pipeline.control.access;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names under which this server is asked: those of the loopback interface, and those that its operator gave it. A page of another server that
 * got here by a DNS trick asks under a name of its own.
 *
 * <p>Threads: requests; immutable.
 */
public final class OwnNames {
    /** Names of this machine alone. */
    public static final OwnNames LOOPBACK = new OwnNames(Set.of(), false);

    private static final Pattern HOST = Pattern.compile("(\\[[0-9a-fA-F:]+]|[^:]+)(:[0-9]{1,5})?");
    private static final Pattern ADDRESS = Pattern.compile("\\[[0-9a-f:]+]|[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final AttachmentKey<OwnNames> KEY = AttachmentKey.create(OwnNames.class);

    private final Set<String> names;
    private final boolean anyAddress;

    private OwnNames(Set<String> more, boolean anyAddress) {
        Set<String> all = new TreeSet<>(Set.of("localhost", "127.0.0.1", "[::1]"));
        more.forEach(name -> all.add(name.toLowerCase(Locale.ROOT)));
        this.names = Set.copyOf(all);
        this.anyAddress = anyAddress;
    }

    /**
     * For a server that other machines reach: the loopback interface's names and these, without ports, and any address that is a number, for no
     * DNS trick has one.
     */
    public static OwnNames reachable(Set<String> names) {
        return new OwnNames(names, true);
    }

    /** For a server on the loopback interface, behind a proxy that passes these on, without ports. */
    public static OwnNames loopbackAnd(Set<String> names) {
        return new OwnNames(names, false);
    }

    /** Has all that is behind know these names. */
    public HttpHandler before(HttpHandler next) {
        return exchange -> {
            exchange.putAttachment(KEY, this);
            next.handleRequest(exchange);
        };
    }

    static OwnNames of(HttpServerExchange exchange) {
        OwnNames known = exchange.getAttachment(KEY);
        return known == null ? LOOPBACK : known;
    }

    /**
     * Whether a request was meant for us.
     *
     * @param host the Host header, with or without a port; null for none
     */
    boolean include(String host) {
        if (host == null) {
            return false;
        }
        Matcher matcher = HOST.matcher(host);
        if (!matcher.matches()) {
            return false;
        }
        String name = matcher.group(1).toLowerCase(Locale.ROOT);
        return names.contains(name) || anyAddress && ADDRESS.matcher(name).matches();
    }
}
