package io.plumbline.cases;

import java.math.BigDecimal;
import java.security.Key;
import java.security.PrivateKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One line with what must not be read in reach. */
@SuppressWarnings({"unused", "ClassCanBeStatic"})
public class Secrets {
    private static final String API_KEY = "k-1";

    private final String name = "Ada";
    private final String password = "swordfish";
    private final OwnKey key = new OwnKey();
    private final Object thing = key;
    private final PrivateKey[] keys = {key};
    private final List<Object> things = List.of(key);
    private final Number amount = new BigDecimal("12.50");
    private final Account account = new Account();
    private final Map<String, Object> map = new HashMap<>(Map.of("password", "swordfish", "name", "Ada", "key", key));
    private final Map<Field, String> byField = new HashMap<>(Map.of(Field.PASSWORD, "swordfish", Field.NAME, "Ada"));

    /** Names what is under it. */
    public enum Field {
        PASSWORD,
        NAME
    }

    /** Holds a secret two steps away. */
    public static class Account {
        private final String user = "ada";
        private final String pin = "1234";
        private final OwnKey signer = new OwnKey();
    }

    /** A key of the application's own making. */
    @SuppressWarnings("serial")
    public static class OwnKey implements PrivateKey {
        private static final long serialVersionUID = 1L;
        private final String material = "key material";

        @Override
        public String getAlgorithm() {
            throw new AssertionError("code of the application ran");
        }

        @Override
        public String getFormat() {
            throw new AssertionError("code of the application ran");
        }

        @Override
        public byte[] getEncoded() {
            throw new AssertionError("code of the application ran");
        }

        public int use(int rounds) {
            return rounds + 1; // @inKey
        }
    }

    public int run(String entry, Key given) {
        String accessToken = "t-1";
        String other = "pass" + "word";
        int result = entry.length(); // @here
        return result;
    }

    public String getPassword() {
        return password;
    }

    public String getName() {
        return name;
    }
}
