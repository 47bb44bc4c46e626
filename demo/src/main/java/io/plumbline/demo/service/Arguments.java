package io.plumbline.demo.service;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The {@code --name value} pairs of a command line. A name that nobody asked for stops the start. */
public final class Arguments {
    private final Map<String, String> values;

    private Arguments(Map<String, String> values) {
        this.values = values;
    }

    public static Arguments parse(String[] words, Set<String> names) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < words.length; i += 2) {
            String name = words[i].startsWith("--") ? words[i].substring(2) : "";
            if (!names.contains(name)) {
                throw new IllegalArgumentException("argument must be one of --"
                        + String.join(", --", names.stream().sorted().toList()) + ": " + words[i]);
            }
            if (i + 1 == words.length) {
                throw new IllegalArgumentException("argument must be followed by a value: " + words[i]);
            }
            values.put(name, words[i + 1]);
        }
        return new Arguments(values);
    }

    /** A number from {@code min} to {@code max}; {@code fallback} if it was not given. */
    public int number(String name, int min, int max, int fallback) {
        String value = values.getOrDefault(name, Integer.toString(fallback));
        try {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // answered below, with the same words as a number out of range
        }
        throw new IllegalArgumentException("--" + name + " must be a number from " + min + " to " + max + ": " + value);
    }

    /** Whether {@code on} was given, and not {@code off}, which is the same as nothing. */
    public boolean isOn(String name) {
        String value = values.getOrDefault(name, "off");
        if (!value.equals("on") && !value.equals("off")) {
            throw new IllegalArgumentException("--" + name + " must be on or off: " + value);
        }
        return value.equals("on");
    }

    /** The address of another service; it has to be given. */
    public URI address(String name) {
        String value = values.getOrDefault(name, "");
        if (!value.startsWith("http://")) {
            throw new IllegalArgumentException(
                    "--" + name + " must be an address such as http://127.0.0.1:8080: " + value);
        }
        return URI.create(value.endsWith("/") ? value.substring(0, value.length() - 1) : value);
    }
}
