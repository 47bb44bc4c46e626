package io.plumbline.config.redaction;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Finds secrets that tell by their beginning what they are: JSON web tokens, private keys in PEM, the keys of well-known
 * services, and what follows {@code Bearer} and {@code Basic}. Where a text was cut, the part that is left counts, however
 * short.
 */
final class Tokens {
    private static final String JWT = "eyJ";
    private static final int MIN_JWT_HEADER = 10;
    private static final String PEM_BEGIN = "-----BEGIN ";
    private static final String PEM_END = "-----END ";
    private static final String DASHES = "-----";
    private static final int MAX_PEM_TITLE = 64;
    private static final String BEARER = "bearer ";
    private static final String BASIC = "basic ";
    private static final int MIN_BEARER = 16;
    private static final int MIN_BEARER_WITH_DIGIT = 8;

    private static final Key[][] KEYS = keys(
            // Amazon: AKIA of users, ASIA of sessions
            new Key("AKIA", 16, 16, Chars.UPPER | Chars.DIGIT),
            new Key("ASIA", 16, 16, Chars.UPPER | Chars.DIGIT),
            // Google: API keys, OAuth access tokens
            new Key("AIza", 35, 35, Chars.URL64),
            new Key("ya29.", 20, 4_096, Chars.TOKEN),
            // GitHub and GitLab
            new Key("ghp_", 36, 255, Chars.ALNUM),
            new Key("gho_", 36, 255, Chars.ALNUM),
            new Key("ghu_", 36, 255, Chars.ALNUM),
            new Key("ghs_", 36, 1_024, Chars.TOKEN),
            new Key("ghr_", 36, 255, Chars.ALNUM),
            new Key("github_pat_", 22, 255, Chars.URL64),
            new Key("glpat-", 20, 255, Chars.TOKEN),
            // Slack
            new Key("xoxa-", 10, 255, Chars.URL64),
            new Key("xoxb-", 10, 255, Chars.URL64),
            new Key("xoxe-", 10, 255, Chars.URL64),
            new Key("xoxp-", 10, 255, Chars.URL64),
            new Key("xoxr-", 10, 255, Chars.URL64),
            new Key("xoxs-", 10, 255, Chars.URL64),
            new Key("xapp-", 10, 255, Chars.URL64),
            // Stripe: secret and restricted keys, webhooks; not the publishable pk_
            new Key("sk_live_", 16, 255, Chars.ALNUM),
            new Key("sk_test_", 16, 255, Chars.ALNUM),
            new Key("rk_live_", 16, 255, Chars.ALNUM),
            new Key("rk_test_", 16, 255, Chars.ALNUM),
            new Key("whsec_", 16, 255, Chars.TOKEN),
            // Anthropic, OpenAI, SendGrid, npm, PyPI, Hugging Face
            new Key("sk-ant-", 20, 255, Chars.URL64),
            new Key("sk-proj-", 20, 255, Chars.URL64),
            new Key("SG.", 40, 255, Chars.TOKEN),
            new Key("npm_", 36, 36, Chars.ALNUM),
            new Key("pypi-", 50, 1_024, Chars.URL64),
            new Key("hf_", 34, 64, Chars.ALNUM));

    /** A service's keys: what they begin with, and how many characters of which kind follow. */
    private record Key(String prefix, int min, int max, int kinds) {}

    private Tokens() {}

    private static Key[][] keys(Key... all) {
        Key[][] byFirst = new Key[128][];
        for (char c = 0; c < byFirst.length; c++) {
            List<Key> keys = new ArrayList<>();
            for (Key key : all) {
                if (key.prefix().charAt(0) == c) {
                    keys.add(key);
                }
            }
            byFirst[c] = keys.isEmpty() ? null : keys.toArray(Key[]::new);
        }
        return byFirst;
    }

    /** Whether a secret of these kinds can begin with a character. */
    static boolean mayBeginWith(char c) {
        return c == 'e' || c == '-' || c == 'b' || c == 'B' || (c < 128 && KEYS[c] != null);
    }

    /** The secret that begins at a place, or null; where a scheme's name begins, the token behind it. */
    static Span at(String text, int at, boolean cutAtEnd) {
        char first = text.charAt(at);
        if (first == '-') {
            return pem(text, at);
        }
        if (Chars.is(text, at - 1, Chars.ALNUM)) {
            return null;
        }
        if (first == 'e') {
            return jwt(text, at, cutAtEnd);
        }
        Span scheme = first == 'b' || first == 'B' ? scheme(text, at, cutAtEnd) : null;
        return scheme == null && KEYS[first] != null ? key(text, at, KEYS[first], cutAtEnd) : scheme;
    }

    private static Span key(String text, int at, Key[] keys, boolean cutAtEnd) {
        for (Key key : keys) {
            if (text.startsWith(key.prefix(), at)) {
                int from = at + key.prefix().length();
                int end = Chars.end(text, from, key.kinds());
                int length = end - from;
                boolean whole = length >= key.min() && length <= key.max();
                if (whole || (length > 0 && Chars.isCut(text, end, cutAtEnd))) {
                    return new Span(at, end);
                }
            }
        }
        return null;
    }

    /** Three parts or more with dots between them (RFC 7519 §3); an unsigned token's last one is empty. */
    private static Span jwt(String text, int at, boolean cutAtEnd) {
        if (!text.startsWith(JWT, at)) {
            return null;
        }
        int end = Chars.end(text, at, Chars.URL64);
        boolean long1 = end - at >= MIN_JWT_HEADER;
        int dots = 0;
        while (end < text.length() && text.charAt(end) == '.' && dots < 4) {
            dots++;
            end = Chars.end(text, end + 1, Chars.URL64);
        }
        boolean cut = Chars.isCut(text, end, cutAtEnd);
        return (long1 && dots >= 2) || cut ? new Span(at, end) : null;
    }

    /** To the end line of a private key, or to the text's end where that is missing (RFC 7468). */
    private static Span pem(String text, int at) {
        if (!text.startsWith(PEM_BEGIN, at)) {
            return null;
        }
        int titleEnd = text.indexOf(DASHES, at + PEM_BEGIN.length());
        boolean titled = titleEnd >= 0 && titleEnd - at <= MAX_PEM_TITLE;
        if (!titled || !text.substring(at, titleEnd).contains("PRIVATE KEY")) {
            return null;
        }
        int last = text.indexOf(PEM_END, titleEnd);
        int dashes = last < 0 ? -1 : text.indexOf(DASHES, last + PEM_END.length());
        return new Span(at, dashes < 0 ? text.length() : dashes + DASHES.length());
    }

    private static Span scheme(String text, int at, boolean cutAtEnd) {
        if (text.regionMatches(true, at, BEARER, 0, BEARER.length())) {
            return bearer(text, at + BEARER.length(), cutAtEnd);
        }
        return text.regionMatches(true, at, BASIC, 0, BASIC.length())
                ? basic(text, at + BASIC.length(), cutAtEnd)
                : null;
    }

    private static Span bearer(String text, int from, boolean cutAtEnd) {
        int end = Chars.end(text, from, Chars.TOKEN);
        int length = end - from;
        boolean secret = length >= MIN_BEARER || (length >= MIN_BEARER_WITH_DIGIT && hasDigit(text, from, end));
        return secret || (length > 0 && Chars.isCut(text, end, cutAtEnd)) ? new Span(from, end) : null;
    }

    /** Base64 of {@code user:password} (RFC 7617); an ordinary word behind "basic" does not decode to that. */
    private static Span basic(String text, int from, boolean cutAtEnd) {
        int end = Chars.end(text, from, Chars.TOKEN);
        boolean cut = end > from && Chars.isCut(text, end, cutAtEnd);
        return cut || isUserAndPassword(text.substring(from, end)) ? new Span(from, end) : null;
    }

    private static boolean isUserAndPassword(String token) {
        try {
            byte[] decoded = Base64.getDecoder().decode(token);
            return new String(decoded, StandardCharsets.ISO_8859_1).indexOf(':') >= 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean hasDigit(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (Chars.is(text.charAt(i), Chars.DIGIT)) {
                return true;
            }
        }
        return false;
    }
}
