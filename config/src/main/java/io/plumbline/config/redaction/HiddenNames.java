package io.plumbline.config.redaction;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Names whose values are never read. A name is cut into words ({@code userPassword}, {@code USER_PASSWORD} and {@code
 * user-password} alike) and hidden when words of it, joined, are on the list; so {@code cardNumber} is hidden and {@code
 * spinner} is not.
 */
final class HiddenNames {
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
    private static final int MIN_JOINED = 2;
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+|(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})"
            + "|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})|(?<=\\p{L})(?=\\p{N})");

    private final Set<String> list;
    private final int maxJoined;

    /**
     * @param added names that this deployment puts on the list
     * @param revealed words that it takes off
     * @throws IllegalArgumentException when a revealed word is not on the list
     */
    HiddenNames(Set<String> added, Set<String> revealed) {
        Set<String> words = new HashSet<>(LIST);
        int longest = MIN_JOINED;
        for (String name : added) {
            words.add(joined(name));
            longest = Math.max(longest, words(name).size());
        }
        for (String word : revealed) {
            if (!words.remove(joined(word))) {
                throw new IllegalArgumentException("'" + word + "' is not on the list of hidden words, so it cannot be"
                        + " revealed; on the list are " + new TreeSet<>(words));
            }
        }
        this.list = Set.copyOf(words);
        this.maxJoined = longest;
    }

    /** The listed word for which a field or variable of this name is hidden; null if it is not. */
    String wordIn(String name) {
        List<String> words = words(name);
        for (int i = 0; i < words.size(); i++) {
            StringBuilder joined = new StringBuilder();
            for (int j = i; j < Math.min(words.size(), i + maxJoined); j++) {
                joined.append(words.get(j));
                String word = singular(joined.toString());
                if (list.contains(word)) {
                    return word;
                }
            }
        }
        return null;
    }

    boolean hides(String name) {
        return wordIn(name) != null;
    }

    /** A listed word without its plural's s. */
    private String singular(String word) {
        boolean plural = word.endsWith("s") && list.contains(word.substring(0, word.length() - 1));
        return plural && !list.contains(word) ? word.substring(0, word.length() - 1) : word;
    }

    /** A name without what lies between its words: {@code card-number} and {@code cardNumber} alike. */
    static String joined(String name) {
        return String.join("", words(name));
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
