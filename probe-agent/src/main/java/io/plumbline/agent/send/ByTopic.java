package io.plumbline.agent.send;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.plumbline.config.wire.PointAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A batch of log records by where they go.
 *
 * @param logs for everybody who reads logs
 * @param points to be paired, by the bucket of their request, in the order in which they came
 */
record ByTopic(List<LogRecordData> logs, Map<String, List<LogRecordData>> points) {
    private static final AttributeKey<String> KEY = AttributeKey.stringKey(PointAttributes.KEY);

    static ByTopic of(List<LogRecordData> batch) {
        ByTopic sorted = new ByTopic(new ArrayList<>(), new LinkedHashMap<>());
        for (LogRecordData record : batch) {
            String request = record.getAttributes().get(KEY);
            if (request == null) {
                sorted.logs.add(record);
            } else {
                sorted.points
                        .computeIfAbsent(PointAttributes.bucket(request), any -> new ArrayList<>())
                        .add(record);
            }
        }
        return sorted;
    }
}
