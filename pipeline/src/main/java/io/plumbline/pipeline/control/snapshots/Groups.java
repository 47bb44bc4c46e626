package io.plumbline.pipeline.control.snapshots;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Snapshots put together by where they were taken and by their shape, the largest group first. */
final class Groups {
    static final int MAX_EXAMPLES = 10;

    private record Kind(String stack, Shape shape) {}

    private Groups() {}

    static List<Map<String, Object>> of(Collection<Snapshot> snapshots) {
        Map<Kind, List<Snapshot>> groups = new LinkedHashMap<>();
        snapshots.forEach(each -> groups.computeIfAbsent(
                        new Kind(each.stack(), Shape.of(each.values())), any -> new ArrayList<>())
                .add(each));
        return groups.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<Kind, List<Snapshot>> group) ->
                                group.getValue().size())
                        .reversed())
                .map(group -> form(group.getKey(), group.getValue()))
                .toList();
    }

    /** Examples are the newest, newest first. */
    private static Map<String, Object> form(Kind kind, List<Snapshot> members) {
        List<Snapshot> newest = members.stream()
                .sorted(Comparator.comparingLong(Snapshot::millis).reversed())
                .toList();
        Map<String, Long> services = new TreeMap<>();
        members.forEach(each -> services.merge(each.service(), 1L, Long::sum));
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("count", members.size());
        map.put("first", newest.get(newest.size() - 1).millis());
        map.put("last", newest.get(0).millis());
        map.put("services", services);
        map.put("stackKey", key(kind.stack()));
        map.put("stack", kind.stack());
        map.put("shapeKey", key(kind.shape().types().toString()));
        map.put("shape", kind.shape().form());
        map.put("uids", newest.stream().limit(MAX_EXAMPLES).map(Snapshot::uid).toList());
        return map;
    }

    /** Equal for what is equal. */
    private static String key(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(UTF_8)).toString().substring(0, 8);
    }
}
