package io.plumbline.config.probe;

import io.plumbline.config.text.Fields;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a probe is marked with, which changes nothing of what it asks: words to find and switch it by, the set of files it
 * came with, and whether it is to be there at all.
 *
 * @param tags words of one's own, each once
 * @param set the name under which it was applied with others; only an apply of the same name prunes it
 * @param enabled false keeps the definition and takes the probe out everywhere
 */
public record Marks(List<String> tags, Optional<String> set, boolean enabled) {
    public static final Marks NONE = new Marks(List.of(), Optional.empty(), true);

    static final String TAGS = "tags";
    static final String SET = "set";
    static final String ENABLED = "enabled";

    private static final int MAX_TAGS = 16;
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,62}");

    public Marks {
        tags = List.copyOf(tags);
        Objects.requireNonNull(set, "set");
        if (tags.size() > MAX_TAGS) {
            throw new IllegalArgumentException("more than " + MAX_TAGS + " tags: " + tags.size());
        }
        tags.forEach(tag -> requireWord("a tag", tag));
        if (new HashSet<>(tags).size() < tags.size()) {
            throw new IllegalArgumentException("a tag stands twice: " + tags);
        }
        set.ifPresent(name -> requireWord("the name of a set", name));
    }

    private static void requireWord(String what, String word) {
        if (!WORD.matcher(word).matches()) {
            throw new IllegalArgumentException(
                    what + " is up to 63 of A-Z a-z 0-9 . _ / - and starts with a letter or digit: " + word);
        }
    }

    /** The same in a set. */
    public Marks in(String name) {
        return new Marks(tags, Optional.of(name), enabled);
    }

    /** The same but for whether the probe is to be there. */
    public Marks enabled(boolean changed) {
        return new Marks(tags, set, changed);
    }

    static Marks read(Fields probe) {
        return ActionReader.checked(
                probe.placeOf(probe.has(SET) ? SET : TAGS),
                () -> new Marks(
                        probe.textList(TAGS),
                        probe.text(SET),
                        probe.bool(ENABLED).orElse(true)));
    }

    void putInto(Map<String, Object> map) {
        if (!tags.isEmpty()) {
            map.put(TAGS, tags);
        }
        set.ifPresent(name -> map.put(SET, name));
        if (!enabled) {
            map.put(ENABLED, false);
        }
    }
}
