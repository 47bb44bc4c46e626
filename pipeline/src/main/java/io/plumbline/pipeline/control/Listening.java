package io.plumbline.pipeline.control;

import io.plumbline.config.settings.Settings;
import io.plumbline.pipeline.control.access.OwnNames;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where the API and the meters listen, and the names that they are asked under. What comes from other machines comes without encryption; a proxy
 * in front of it has TLS.
 *
 * @param host an address of this machine, 0.0.0.0 for all of them
 * @param names what may stand in the Host header beside the loopback interface's names
 */
public record Listening(String host, OwnNames names) {
    /** On this machine alone. */
    public static final Listening LOOPBACK = new Listening("127.0.0.1", OwnNames.LOOPBACK);

    private static final String HOST = "control.host";
    private static final String NAMES = "control.names";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[0-9a-fA-F:]+]");

    /** The settings that it is made from. */
    static final Set<String> KEYS = new TreeSet<>(Set.of(HOST, NAMES));

    /** @throws IllegalArgumentException naming the key and the remedy */
    static Listening of(Map<String, String> given) {
        Settings settings = Settings.of(given);
        String host = settings.text(HOST).orElse(LOOPBACK.host());
        boolean loopback;
        try {
            loopback = InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(
                    HOST + " is an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all: " + host, e);
        }
        Set<String> names = Arrays.stream(settings.text(NAMES).orElse("").split("[,\\s]+"))
                .filter(name -> !name.isEmpty())
                .peek(Listening::requireName)
                .collect(Collectors.toSet());
        return new Listening(host, loopback ? OwnNames.loopbackAnd(names) : OwnNames.reachable(names));
    }

    /** Where programs on this machine reach it. */
    String url(int port) {
        boolean everywhere = host.equals("0.0.0.0") || host.equals("::");
        String address = everywhere ? "127.0.0.1" : host.contains(":") ? "[" + host + "]" : host;
        return "http://" + address + ":" + port;
    }

    private static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    NAMES + " are names of hosts without ports, with commas, such as plumb.example.com: " + name);
        }
    }
}
