package io.plumbline.config.wire;

import io.plumbline.config.text.Fields;
import io.plumbline.config.text.Json;
import io.plumbline.config.text.NodeReader;
import java.util.Map;

/**
 * How many hits of a probe one instance would like to emit, where all instances together have a limit. The order in the
 * topic decides: of each claim so much is granted as is left of the limit by what stands before it.
 *
 * @param version of the probe; each version is counted anew
 * @param claimed since the instance started; so a claim that comes twice, or that replaces an earlier one, says the same
 */
public record HitClaim(String probe, long version, String instance, long claimed) {
    private static final String CLAIMED = "claimed";

    /** What is counted together: {@code order-log@3}. */
    public static String counted(String probe, long version) {
        return probe + "@" + version;
    }

    /** The record's key in {@link Topics#CLAIMS}: {@code order-log@3/shop-4711-a0b1}. */
    public String key() {
        return counted(probe, version) + "/" + instance;
    }

    public String json() {
        return Json.write(Map.of(CLAIMED, claimed));
    }

    /**
     * Reads a record; keys of the value that later versions may add are passed over.
     *
     * @throws IllegalArgumentException for a key of another form
     */
    public static HitClaim parse(String key, String json) {
        int at = key.indexOf('@');
        int slash = key.indexOf('/', at);
        if (at < 1 || slash < 0) {
            throw new IllegalArgumentException("the key of a claim reads probe@version/instance: " + key);
        }
        Fields fields = Fields.free(NodeReader.json(json, "claim"), "a claim");
        return new HitClaim(
                key.substring(0, at),
                Long.parseLong(key.substring(at + 1, slash)),
                key.substring(slash + 1),
                fields.integer(CLAIMED, 0, Long.MAX_VALUE).orElse(0L));
    }
}
