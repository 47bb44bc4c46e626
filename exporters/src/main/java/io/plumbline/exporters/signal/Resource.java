package io.plumbline.exporters.signal;

import java.util.Map;
import java.util.Objects;

/**
 * The program that emitted a signal. Shared by all signals of one OTLP resource.
 *
 * @param service {@code service.name}, or ""
 * @param instance {@code service.instance.id}; else host and process id if those are known; else ""
 * @param environment {@code deployment.environment.name} (or its older name {@code deployment.environment}), or ""
 * @param attributes all attributes, those above included
 */
public record Resource(String service, String instance, String environment, Map<String, Object> attributes) {

    public Resource {
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(instance, "instance");
        Objects.requireNonNull(environment, "environment");
        attributes = Values.copyOf(attributes);
    }

    public static Resource of(Map<String, Object> attributes) {
        String environment = Values.text(attributes, "deployment.environment.name");
        return new Resource(
                Values.text(attributes, "service.name"),
                instance(attributes),
                environment.isEmpty() ? Values.text(attributes, "deployment.environment") : environment,
                attributes);
    }

    private static String instance(Map<String, Object> attributes) {
        String id = Values.text(attributes, "service.instance.id");
        if (!id.isEmpty()) {
            return id;
        }
        String host = Values.text(attributes, "host.name");
        String pid = Values.text(attributes, "process.pid");
        return host.isEmpty() || pid.isEmpty() ? host : host + ":" + pid;
    }
}
