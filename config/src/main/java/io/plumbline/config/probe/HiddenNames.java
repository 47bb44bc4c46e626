package io.plumbline.config.probe;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

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
                String word = joined.toString();
                if (LIST.contains(word) && !revealed.contains(word)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The words of a name in lower case, a plural's s taken off. */
    static List<String> words(String name) {
        List<String> words = new ArrayList<>();
        for (String part :
                name.split("[^\\p{L}\\p{N}]+|(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})")) {
            if (!part.isEmpty()) {
                String lower = part.toLowerCase(Locale.ROOT);
                boolean plural = lower.endsWith("s") && LIST.contains(lower.substring(0, lower.length() - 1));
                words.add(plural ? lower.substring(0, lower.length() - 1) : lower);
            }
        }
        return words;
    }
}
