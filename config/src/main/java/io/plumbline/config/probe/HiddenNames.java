package io.plumbline.config.probe;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names whose values are never read. A name is cut into words ({@code userPassword}, {@code USER_PASSWORD} and {@code
 * user-password} alike) and hidden when words of it, joined, are on the list; so {@code cardNumber} is hidden and {@code
 * spinner} is not.
 */
public final class HiddenNames {
    private static final Set<String> LIST = Set.of(
            "apikey",
            "auth",
            "authorization",
            "cardnumber",
            "cardno",
            "cookie",
            "credential",
            "credentials",
            "creditcard",
            "csrf",
            "cvc",
            "cvv",
            "iban",
            "jwt",
            "otp",
            "pan",
            "passcode",
            "passphrase",
            "passwd",
            "password",
            "pin",
            "privatekey",
            "pwd",
            "secret",
            "secretkey",
            "sessionid",
            "setcookie",
            "ssn",
            "token",
            "xsrf");
    private static final int MAX_JOINED = 2;
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+|(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})"
            + "|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})|(?<=\\p{L})(?=\\p{N})");

    private final Set<String> revealed;

    /**
     * @param revealed words that this deployment takes off the list
     */
    public HiddenNames(Set<String> revealed) {
        Set<String> lower = new HashSet<>();
        revealed.forEach(word -> lower.add(word.toLowerCase(Locale.ROOT)));
        this.revealed = Set.copyOf(lower);
    }

    /** Whether a field or variable of this name must not be read. */
    public boolean hides(String name) {
        List<String> words = words(name);
        for (int i = 0; i < words.size(); i++) {
            StringBuilder joined = new StringBuilder();
            for (int j = i; j < Math.min(words.size(), i + MAX_JOINED); j++) {
                joined.append(words.get(j));
                String word = singular(joined.toString());
                if (LIST.contains(word) && !revealed.contains(word)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** A listed word without its plural's s. */
    private static String singular(String word) {
        boolean plural = word.endsWith("s") && LIST.contains(word.substring(0, word.length() - 1));
        return plural && !LIST.contains(word) ? word.substring(0, word.length() - 1) : word;
    }

    /** The words of a name in lower case; a number at a word's end is a word of its own. */
    static List<String> words(String name) {
        List<String> words = new ArrayList<>();
        for (String part : BETWEEN_WORDS.split(name)) {
            if (!part.isEmpty()) {
                words.add(part.toLowerCase(Locale.ROOT));
            }
        }
        return words;
    }
}
