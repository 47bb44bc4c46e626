package io.plumbline.config.wire;

import io.plumbline.config.text.Fields;
import java.time.Instant;
import java.util.Map;

/**
 * A process that runs exporters.
 *
 * @param id unique among all processes ever: neither hosts' names nor process ids are, in containers
 * @param host its name, as the machine has it
 * @param started by its own clock
 */
public record ExportingProcess(String id, String host, long pid, Instant started) {
    /** For people: {@code web-1:4711}. */
    public String name() {
        return host + ":" + pid;
    }

    void put(Map<String, Object> map) {
        map.put("process", id);
        map.put("host", host);
        map.put("pid", pid);
        map.put("started", started.toEpochMilli());
    }

    static ExportingProcess of(Fields fields) {
        return new ExportingProcess(
                fields.requiredText("process"),
                fields.text("host").orElse(""),
                ProbeReport.count(fields, "pid"),
                Instant.ofEpochMilli(ProbeReport.count(fields, "started")));
    }
}
