package io.plumbline.pipeline.control.fleet;

import io.plumbline.config.text.Nearest;
import io.plumbline.pipeline.control.access.Bounds;
import io.plumbline.pipeline.control.fleet.Registry.Seen;
import io.plumbline.pipeline.control.http.Problem;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds the running instances that a person means. */
public final class Whom {
    private final Registry registry;

    public Whom(Registry registry) {
        this.registry = registry;
    }

    /** The one instance with this id, or whose id alone starts so. */
    public String instance(String id, Bounds bounds) {
        List<String> all = running(bounds).map(seen -> seen.report().id()).toList();
        if (all.contains(id)) {
            return id;
        }
        List<String> starting = all.stream().filter(each -> each.startsWith(id)).toList();
        if (starting.size() == 1) {
            return starting.get(0);
        }
        if (starting.size() > 1) {
            throw Problem.badRequest("'" + id + "' stands for " + starting + "; write more of the one you mean");
        }
        throw Problem.notFound("no instance '" + id + "' is running; " + remedy(id, all));
    }

    /** All instances of a service; of any service when it is empty. */
    public List<String> ofService(String service, Bounds bounds) {
        List<String> found = running(bounds)
                .filter(seen -> service.isEmpty() || seen.report().service().equals(service))
                .map(seen -> seen.report().id())
                .toList();
        if (!found.isEmpty()) {
            return found;
        }
        if (service.isEmpty()) {
            throw Problem.notFound(
                    "no instance is running; start a JVM with the agent, or attach to one:" + " plumb attach PID");
        }
        TreeSet<String> services = new TreeSet<>();
        for (Seen seen : running(bounds).toList()) {
            services.add(seen.report().service());
        }
        throw Problem.notFound("no instance of the service '" + service + "' is running; " + remedy(service, services));
    }

    /** An instance of each service; at least one. */
    public List<String> oneOfEach(Bounds bounds) {
        Map<String, String> first = new TreeMap<>();
        running(bounds)
                .forEach(seen ->
                        first.putIfAbsent(seen.report().service(), seen.report().id()));
        return first.isEmpty() ? ofService("", bounds) : List.copyOf(first.values());
    }

    /** Others are not there for who has no business with them. */
    private Stream<Seen> running(Bounds bounds) {
        return registry.running().stream()
                .filter(seen -> bounds.cover(seen.report().labels()));
    }

    private static String remedy(String word, Collection<String> known) {
        return Nearest.to(word, known)
                .map(near -> "did you mean '" + near + "'?")
                .orElseGet(() -> known.isEmpty() ? "plumb attach PID adds one" : "running are " + known);
    }
}
