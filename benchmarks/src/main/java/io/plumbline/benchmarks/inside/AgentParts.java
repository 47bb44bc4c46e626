package io.plumbline.benchmarks.inside;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.resources.Resource;
import io.plumbline.agent.bridge.Bridge;
import io.plumbline.agent.capture.Capture;
import io.plumbline.agent.capture.gate.Budgets;
import io.plumbline.agent.compile.ArmedProbe;
import io.plumbline.agent.compile.HitCompiler;
import io.plumbline.agent.weave.Weaver;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.ProbeReader;
import io.plumbline.config.redaction.Redaction;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The agent's weaver, compiler and capture, wired as the agent wires them. One in a JVM, for the bridge has one other end.
 * Used by one thread.
 */
public final class AgentParts {
    private final Capture capture;
    private final Weaver weaver;

    public AgentParts(Instrumentation instrumentation) {
        Redaction redaction = Redaction.standard();
        Consumer<Class<?>> opener = type -> open(instrumentation, type);
        capture = new Capture(
                redaction,
                Budgets.DEFAULT,
                Resource.create(Attributes.empty()),
                opener,
                instrumentation::getAllLoadedClasses);
        weaver = new Weaver(instrumentation, new HitCompiler(opener, redaction), capture.specials());
        Bridge.install(weaver.linker());
    }

    public Weaver weaver() {
        return weaver;
    }

    /** Sets probes, all in one go, and returns them as they are armed. */
    public List<Capture.Prepared> set(Collection<String> json) {
        capture.look();
        List<Capture.Prepared> prepared = new ArrayList<>();
        List<ArmedProbe> armed = new ArrayList<>();
        for (String text : json) {
            Probe probe = ProbeReader.wire(text);
            Capture.Prepared one = capture.prepare(probe);
            capture.use(one);
            prepared.add(one);
            armed.add(new ArmedProbe(probe, one.tap(), one.sinks()));
        }
        weaver.apply(armed, List.of());
        return prepared;
    }

    /** Takes probes out. */
    public void remove(Collection<Capture.Prepared> prepared) {
        List<String> ids = prepared.stream().map(one -> one.tap().probe().id()).toList();
        weaver.apply(List.of(), ids);
        ids.forEach(capture::disarm);
    }

    private static void open(Instrumentation instrumentation, Class<?> type) {
        instrumentation.redefineModule(
                type.getModule(),
                Set.of(),
                Map.of(),
                Map.of(type.getPackageName(), Set.of(Weaver.class.getModule())),
                Set.of(),
                Map.of());
    }
}
