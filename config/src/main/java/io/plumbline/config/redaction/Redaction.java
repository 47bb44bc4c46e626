package io.plumbline.config.redaction;

import io.plumbline.config.settings.Settings;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a deployment keeps to itself: names and types whose values are never read, and secrets that are taken out of texts
 * before they leave the process. It is read from the settings of the agent alone; no probe can change it.
 *
 * <p>In the mode {@code deny} all is read but what is on the lists of hidden names and types. In the mode {@code allow}
 * nothing is read but what is on a list of allowed names or types, and the other lists hold as well.
 *
 * <p>The bargain: {@link #clean} hides some numbers that only look like a card's. Threads: any, without locks.
 */
public final class Redaction {
    /** Stands where something is hidden. */
    public static final String HIDDEN = "***";

    private static final String MODE = "plumbline.redaction.mode";
    private static final String NAMES = "plumbline.redaction.names";
    private static final String REVEAL_NAMES = "plumbline.redaction.reveal-names";
    private static final String TYPES = "plumbline.redaction.types";
    private static final String REVEAL_TYPES = "plumbline.redaction.reveal-types";
    private static final String PATTERNS = "plumbline.redaction.patterns";
    private static final String ALLOW_NAMES = "plumbline.redaction.allow-names";
    private static final String ALLOW_TYPES = "plumbline.redaction.allow-types";

    /** The settings that it is made from. */
    public static final List<String> KEYS =
            List.of(MODE, NAMES, REVEAL_NAMES, TYPES, REVEAL_TYPES, PATTERNS, ALLOW_NAMES, ALLOW_TYPES);

    private final HiddenNames names;
    private final NameMemory hiddenNames;
    private final TypeList types;
    private final SecretFinder secrets;

    /** Null in the mode {@code deny}. */
    private final AllowList allowed;

    private Redaction(HiddenNames names, TypeList types, OwnPatterns patterns, AllowList allowed) {
        this.names = names;
        this.hiddenNames = new NameMemory(names::hides);
        this.types = types;
        this.secrets = new SecretFinder(hiddenNames, patterns);
        this.allowed = allowed;
    }

    /** What holds where a deployment sets nothing. */
    public static Redaction standard() {
        return of(Settings.of(Map.of()));
    }

    /**
     * Reads the settings named in {@link #KEYS}.
     *
     * @throws IllegalArgumentException for a value that can't be used, with its key
     */
    public static Redaction of(Settings settings) {
        HiddenNames names = names(settings);
        TypeList types = HiddenTypes.list(TYPES, list(settings, TYPES), REVEAL_TYPES, list(settings, REVEAL_TYPES));
        OwnPatterns patterns = settings.text(PATTERNS)
                .map(expression -> OwnPatterns.of(PATTERNS, expression))
                .orElse(null);
        return new Redaction(names, types, patterns, allowed(settings));
    }

    private static HiddenNames names(Settings settings) {
        try {
            return new HiddenNames(list(settings, NAMES), list(settings, REVEAL_NAMES));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(REVEAL_NAMES + ": " + e.getMessage(), e);
        }
    }

    private static AllowList allowed(Settings settings) {
        String mode = settings.text(MODE).orElse("deny").trim();
        Set<String> names = list(settings, ALLOW_NAMES);
        Set<String> types = list(settings, ALLOW_TYPES);
        if (!mode.equals("deny") && !mode.equals("allow")) {
            throw new IllegalArgumentException(MODE + " must be deny or allow: " + mode);
        }
        if (mode.equals("allow")) {
            return new AllowList(names, new TypeList(ALLOW_TYPES, types));
        }
        if (!names.isEmpty() || !types.isEmpty()) {
            throw new IllegalArgumentException((names.isEmpty() ? ALLOW_TYPES : ALLOW_NAMES)
                    + " is for the mode allow; set " + MODE + "=allow, or leave it out");
        }
        return null;
    }

    private static Set<String> list(Settings settings, String key) {
        Set<String> list =
                new LinkedHashSet<>(Arrays.asList(settings.text(key).orElse("").split("[,;\\s]+")));
        list.remove("");
        return list;
    }

    /** The name that a map's key gives its value, as a field's does: a text, or a constant's name; null for any other key. */
    public static String nameOf(Object key) {
        return key instanceof String text ? text : key instanceof Enum<?> constant ? constant.name() : null;
    }

    /** Whether a value must not be read of which nothing but the name is known, such as a map's key or a method's name. */
    public boolean hidesName(String name) {
        return hiddenNames.test(name) || (allowed != null && !allowed.allowsName(name));
    }

    /**
     * Whether objects of a class are never read, under whatever name. To be asked with an object's own class before it is
     * rendered, for a variable of a wider type may hold it.
     */
    public boolean hidesType(Class<?> type) {
        return types.holds(type);
    }

    /** Whether a field or variable must not be read. */
    public boolean hides(String name, Class<?> type) {
        return hiddenNames.test(name)
                || types.holds(type)
                || (allowed != null && !allowed.allowsName(name) && !allowed.allowsType(type));
    }

    /** Why a field or variable is not read, with the remedy; empty where it may be read. */
    public Optional<String> refusal(String name, Class<?> type) {
        if (hiddenNames.test(name)) {
            return Optional.of(nameRefusal(name));
        }
        if (types.holds(type)) {
            return Optional.of(typeRefusal("'" + name + "'", type));
        }
        return hides(name, type)
                ? Optional.of("'" + name + "' is hidden by redaction, for only what is allowed is read here and neither"
                        + " the name nor the type " + type.getTypeName() + " is; the agent's settings " + ALLOW_NAMES
                        + " and " + ALLOW_TYPES + " allow more")
                : Optional.empty();
    }

    /** Why what has only a name, such as a map's key or a method's name, is not read; empty where it may be. */
    public Optional<String> refusal(String name) {
        if (hiddenNames.test(name)) {
            return Optional.of(nameRefusal(name));
        }
        return hidesName(name)
                ? Optional.of(
                        "'" + name + "' is hidden by redaction, for only what is allowed is read here and the name is"
                                + " not; the agent's setting " + ALLOW_NAMES + " allows more")
                : Optional.empty();
    }

    /** Why objects of a class are not read; empty where they may be. */
    public Optional<String> refusal(Class<?> type) {
        return types.holds(type) ? Optional.of(typeRefusal("this", type)) : Optional.empty();
    }

    private String nameRefusal(String name) {
        return "'" + name + "' is hidden by redaction, for its name holds '" + names.wordIn(name)
                + "'; the agent's setting " + REVEAL_NAMES + " takes words off the list";
    }

    private String typeRefusal(String what, Class<?> type) {
        String entry = types.entryOf(type);
        String is = type.getName().equals(entry) ? "" : ", a " + entry;
        return what + " is hidden by redaction, for its type " + type.getTypeName() + is + "; the agent's setting "
                + REVEAL_TYPES + " takes classes off the list of hidden ones, and what " + TYPES + " names is the"
                + " deployment's own";
    }

    /** A text without the secrets in it; the text itself where there is none. A cut in it reads {@code …}. */
    public String clean(String text) {
        return clean(text, false);
    }

    /**
     * A text without the secrets in it.
     *
     * @param cut whether the text was cut at its end and no mark says so; then what may be the beginning of a secret goes
     *     too
     */
    public String clean(String text, boolean cut) {
        List<Span> spans = secrets.find(text, cut);
        return spans.isEmpty() ? text : Span.hide(text, 0, text.length(), spans);
    }

    /** Where the secrets in a text are, in order, none overlapping another. */
    public List<Span> secrets(String text) {
        return secrets.find(text, false);
    }
}
