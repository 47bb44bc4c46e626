package io.plumbline.exporters;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The settings of one instance of an exporter, read by type. A key is given without the instance's name, which is the
 * exporter's own unless people chose another: {@code text("url")} of the instance {@code elasticsearch} reads {@code
 * elasticsearch.url}, of the instance {@code audit} {@code audit.url}.
 *
 * <p>Nothing is repaired silently: a value that does not fit is a {@link SettingsException} with the full key, the
 * value and the remedy. A factory reads all its settings, given or not, and then calls {@link #refuseUnknown()}, which
 * knows from the reading which keys exist. Values are never part of {@link #toString()}: some are secrets.
 *
 * <p>Threads: belongs to the thread that makes the exporter.
 */
public final class ExporterSettings {

    private final String instance;
    private final Map<String, String> values;
    private final TreeSet<String> known = new TreeSet<>();

    private ExporterSettings(String instance, Map<String, String> values) {
        this.instance = instance;
        this.values = values;
    }

    /** Picks one instance's settings out of all. Blank values count as not given. */
    public static ExporterSettings of(String instance, Map<String, String> all) {
        Map<String, String> own = new TreeMap<>();
        all.forEach((key, value) -> {
            if (key.startsWith(instance + ".") && !value.isBlank()) {
                own.put(key, value.strip());
            }
        });
        return new ExporterSettings(instance, own);
    }

    /** Of the instance, which its keys begin with. Errors that people see name settings by it: {@link #fullKey}. */
    public String instance() {
        return instance;
    }

    public Optional<String> text(String key) {
        known.add(fullKey(key));
        return Optional.ofNullable(values.get(fullKey(key)));
    }

    public String text(String key, String byDefault) {
        return text(key).orElse(byDefault);
    }

    /**
     * A setting that must be given.
     *
     * @param example what the error message suggests to write
     */
    public String requiredText(String key, String example) {
        return text(key)
                .orElseThrow(() -> new SettingsException(
                        fullKey(key) + " is missing; set it, for example " + fullKey(key) + "=" + example));
    }

    /** Settings whose last word people choose, by that word: {@code texts("header")} reads {@code web.header.NAME}. */
    public Map<String, String> texts(String key) {
        String prefix = fullKey(key) + ".";
        known.add(prefix + "NAME");
        Map<String, String> texts = new TreeMap<>();
        values.forEach((full, value) -> {
            if (full.startsWith(prefix) && full.length() > prefix.length()) {
                known.add(full);
                texts.put(full.substring(prefix.length()), value);
            }
        });
        return texts;
    }

    /** Such as {@code name=value,other=value}, in order. Values may be secrets, and are not repeated in errors. */
    public Map<String, String> pairs(String key) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : text(key, "").split(",")) {
            int equals = pair.indexOf('=');
            if (!pair.isBlank() && equals < 1) {
                throw wrong(key, "…", "must read name=value, separated by commas");
            }
            if (!pair.isBlank()) {
                pairs.put(
                        pair.substring(0, equals).strip(),
                        pair.substring(equals + 1).strip());
            }
        }
        return pairs;
    }

    /** An address with {@code http} or {@code https}. User information in it is not repeated in errors. */
    public URI requiredHttpUri(String key, String example) {
        String given = requiredText(key, example);
        try {
            URI uri = new URI(given);
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (http && uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Falls through: the message of the exception would repeat a password.
        }
        throw wrong(key, given.replaceAll("//[^/@]*@", "//***@"), "must be an address such as " + example);
    }

    public long number(String key, long byDefault, long min, long max) {
        Optional<String> given = text(key);
        if (given.isEmpty()) {
            return byDefault;
        }
        try {
            long number = Long.parseLong(given.get());
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Falls through: the same remedy as for a number out of range.
        }
        throw wrong(key, given.get(), "must be a whole number from " + min + " to " + max);
    }

    public int port(String key, int byDefault) {
        return (int) number(key, byDefault, 0, 65_535);
    }

    /** Such as {@code 250ms}, {@code 30s}, {@code 5m}, {@code 1h} or ISO-8601 ({@code PT30S}); above zero. */
    public Duration duration(String key, Duration byDefault) {
        Optional<String> given = text(key);
        if (given.isEmpty()) {
            return byDefault;
        }
        return Durations.parse(given.get())
                .filter(d -> !d.isNegative() && !d.isZero())
                .orElseThrow(() -> wrong(key, given.get(), "must be a time above zero such as 250ms, 30s or 5m"));
    }

    public boolean flag(String key, boolean byDefault) {
        return choice(key, byDefault ? "true" : "false", "true", "false").equals("true");
    }

    public String choice(String key, String byDefault, String... choices) {
        String given = text(key, byDefault);
        if (!Arrays.asList(choices).contains(given)) {
            throw wrong(key, given, "must be one of " + String.join(", ", choices));
        }
        return given;
    }

    /** Refuses what was given but never read. Call it after all settings were read. */
    public void refuseUnknown() {
        TreeSet<String> unknown = new TreeSet<>(values.keySet());
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new SettingsException("unknown setting " + String.join(", ", unknown) + "; " + instance + " knows "
                    + known.stream().collect(Collectors.joining(", ", "", known.isEmpty() ? "no settings" : "")));
        }
    }

    /** An error about one setting, in the form that all of them have. */
    public SettingsException wrong(String key, String value, String rule) {
        return new SettingsException(fullKey(key) + " " + rule + ": " + value);
    }

    public String fullKey(String key) {
        return instance + "." + key;
    }

    @Override
    public String toString() {
        return instance + " settings " + values.keySet();
    }
}
