package io.plumbline.pipeline.control.dryrun;

import io.plumbline.config.probe.Probe;
import io.plumbline.config.wire.ProbeState;
import io.plumbline.config.wire.TrialReply;
import io.plumbline.config.wire.TrialReply.Part;
import io.plumbline.pipeline.control.access.Bounds;
import io.plumbline.pipeline.control.access.Caller;
import io.plumbline.pipeline.control.dryrun.TrialDesk.Question;
import io.plumbline.pipeline.control.fleet.Registry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What would become of probes that are not set: which instances they mean, and what one of each service and version makes of
 * them there, in the words of a probe that is set.
 *
 * <p>Threads: any; a request's waits for the instances.
 */
public final class DryRun {
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    /** Of all probes of a request together. */
    private static final int MAX_QUESTIONS = 200;

    private final Registry registry;
    private final TrialDesk desk;
    private final Measurement measurement;

    /** @param measurement counts hits where that is wished */
    public DryRun(Registry registry, TrialDesk desk, Measurement measurement) {
        this.registry = registry;
        this.desk = desk;
        this.measurement = measurement;
    }

    /**
     * For each probe, in order, what the answer to a dry run says of it.
     *
     * @param measure whether and how hits are counted
     */
    public List<Map<String, Object>> of(List<Probe> probes, Optional<Measure> measure, Caller caller) {
        List<Map<String, Object>> maps = trials(probes, caller.bounds());
        measure.ifPresent(wish -> {
            List<Map<String, Object>> counted = measurement.of(probes, maps, wish, caller);
            for (int i = 0; i < counted.size(); i++) {
                maps.get(i).put("measured", counted.get(i));
            }
        });
        return maps;
    }

    private List<Map<String, Object>> trials(List<Probe> probes, Bounds bounds) {
        List<Meant> meant =
                probes.stream().map(probe -> Meant.by(probe, registry, bounds)).toList();
        List<Question> questions = new ArrayList<>();
        for (int i = 0; i < probes.size(); i++) {
            Probe probe = probes.get(i);
            meant.get(i).asked().forEach(instance -> questions.add(new Question(instance, probe)));
        }
        List<Optional<TrialReply>> answers =
                desk.ask(questions.subList(0, Math.min(MAX_QUESTIONS, questions.size())), PATIENCE);
        Iterator<Optional<TrialReply>> next = answers.iterator();
        List<Map<String, Object>> maps = new ArrayList<>();
        for (int i = 0; i < probes.size(); i++) {
            maps.add(map(probes.get(i), meant.get(i), next));
        }
        return maps;
    }

    private static Map<String, Object> map(Probe probe, Meant meant, Iterator<Optional<TrialReply>> next) {
        List<Map<String, Object>> answers = new ArrayList<>();
        Map<String, Map<String, List<String>>> code = new TreeMap<>();
        for (Meant.Group group : meant.groups()) {
            for (String instance : group.asked()) {
                Optional<TrialReply> reply = next.hasNext() ? next.next() : Optional.empty();
                answers.add(answer(group, instance, reply));
                reply.ifPresent(there -> note(there, code));
            }
        }
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("meant", meant.count());
        map.put("onePerService", probe.targets().onePerService());
        map.put("groups", meant.groups().stream().map(Meant.Group::map).toList());
        map.put("answers", answers);
        code.values().removeIf(versions -> versions.size() < 2);
        map.put("differing", code);
        return map;
    }

    private static Map<String, Object> answer(Meant.Group group, String instance, Optional<TrialReply> reply) {
        List<Part> parts = reply.map(TrialReply::parts).orElse(List.of());
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("instance", instance);
        map.put("service", group.service());
        map.put("version", group.version());
        map.put("state", reply.isPresent() ? state(parts).word() : "");
        map.put("parts", parts.stream().map(Part::map).toList());
        return map;
    }

    /** As the whole probe would stand: refused where one point is, in place where one is. */
    private static ProbeState state(List<Part> parts) {
        List<ProbeState> states = parts.stream().map(Part::state).toList();
        if (states.contains(ProbeState.REJECTED)) {
            return ProbeState.REJECTED;
        }
        return states.contains(ProbeState.INSTALLED) ? ProbeState.INSTALLED : ProbeState.PENDING;
    }

    private static void note(TrialReply reply, Map<String, Map<String, List<String>>> code) {
        for (Part part : reply.parts()) {
            part.classes()
                    .forEach((type, digest) -> code.computeIfAbsent(type, any -> new TreeMap<>())
                            .computeIfAbsent(digest, any -> new ArrayList<>())
                            .add(reply.instance()));
        }
    }
}
