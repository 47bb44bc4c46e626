package io.plumbline.agent.weave;

import io.plumbline.agent.compile.ArmedProbe;
import io.plumbline.agent.compile.HitCompiler;
import io.plumbline.config.probe.Action;
import io.plumbline.config.probe.Location;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.wire.ProbeState;
import io.plumbline.config.wire.TrialReply.Part;
import io.plumbline.config.wire.TrialReply.TrialSite;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Finds out what would become of a probe: weaves copies of the classes that it means, makes its code for each site, and
 * throws both away. No class of the program is given other bytecode, and no gate is opened. Control thread only.
 */
final class Trial {
    private static final int MAX_SITES = 200;

    private final LoadedClasses loaded;
    private final RunningBytes running;
    private final HitCompiler compiler;
    private final Map<String, MethodHandle> specials;

    private final Map<String, String> classes = new TreeMap<>();
    private final List<TrialSite> sites = new ArrayList<>();
    private final Set<String> hidden = new TreeSet<>();
    private final List<Absence.Meant> meant = new ArrayList<>();
    private String refusal;

    /** For one probe, or part of one. */
    Trial(LoadedClasses loaded, RunningBytes running, HitCompiler compiler, Map<String, MethodHandle> specials) {
        this.loaded = loaded;
        this.running = running;
        this.compiler = compiler;
        this.specials = specials;
    }

    Part run(ArmedProbe armed, String point) {
        Location location = armed.probe().location();
        RunningBytes.Meant there = running.of(location.type());
        there.bytes().forEach((type, bytes) -> attempt(type, bytes, armed));
        String problem = problem(location, there.problem());
        return new Part(
                point,
                problem.isEmpty() ? ProbeState.INSTALLED : there.isLoaded() ? ProbeState.REJECTED : ProbeState.PENDING,
                problem,
                classes,
                sites.subList(0, Math.min(sites.size(), MAX_SITES)),
                List.copyOf(hidden));
    }

    private void attempt(Class<?> owner, byte[] bytes, ArmedProbe armed) {
        ClassWeaver weaver = new ClassWeaver(bytes, ClassFiles.source(bytes, owner));
        Wish wish = Wish.of(armed.probe(), weaver.scan().source().ownFile());
        Fitting fitting = new Fitting(weaver, Set.of(wish));
        List<WovenSite> woven = fitting.weave(key -> 0).sites();
        classes.put(owner.getName(), CodeDigest.of(bytes));
        meant.add(new Absence.Meant(owner.getName(), weaver.contents()));
        String reason = fitting.reasonAgainst(wish);
        if (reason != null && refusal == null) {
            refusal = owner.getName() + ": " + reason;
        }
        Map<SiteKey, ArrivalKind> kinds = woven.isEmpty() ? Map.of() : kinds(weaver);
        for (WovenSite site : woven) {
            String problem =
                    new Site(site, compiler, specials, new Revision(), new CallsAhead()).refusalOf(owner, armed);
            sites.add(new TrialSite(
                    owner.getName(),
                    ClassState.nameOf(owner.getClassLoader()),
                    site.key().method(),
                    site.line(),
                    kinds.getOrDefault(site.key(), ArrivalKind.STATEMENT).word(),
                    problem == null ? "" : problem));
            hide(armed.probe(), site, bytes);
        }
    }

    private static Map<SiteKey, ArrivalKind> kinds(ClassWeaver weaver) {
        Map<SiteKey, ArrivalKind> kinds = new HashMap<>();
        weaver.allSites().forEach(found -> kinds.put(found.site().key(), found.kind()));
        return kinds;
    }

    /** By name; what is hidden by type or pattern shows itself at the hit. */
    private void hide(Probe probe, WovenSite site, byte[] bytes) {
        if (probe.actions().stream().noneMatch(Action.Capturing.class::isInstance)) {
            return;
        }
        site.layout().variables().stream()
                .map(Variable::name)
                .filter(compiler::hidesName)
                .forEach(hidden::add);
        if (site.layout().variable("this").isPresent()) {
            fieldsOf(bytes).stream().filter(compiler::hidesName).forEach(name -> hidden.add("this." + name));
        }
    }

    private static List<String> fieldsOf(byte[] bytes) {
        List<String> names = new ArrayList<>();
        new ClassReader(bytes)
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            @Override
                            public FieldVisitor visitField(
                                    int access, String name, String descriptor, String signature, Object value) {
                                if ((access & Opcodes.ACC_STATIC) == 0) {
                                    names.add(name);
                                }
                                return null;
                            }
                        },
                        ClassReader.SKIP_CODE | ClassReader.SKIP_FRAMES);
        return names;
    }

    /** As the probe's state would have it: where it fits somewhere there is none. */
    private String problem(Location location, String blocked) {
        if (blocked != null) {
            return blocked;
        }
        if (!sites.isEmpty()) {
            boolean fits = sites.stream().anyMatch(site -> site.problem().isEmpty());
            return fits ? "" : sites.get(0).problem();
        }
        if (refusal != null) {
            return refusal;
        }
        return meant.isEmpty()
                ? "no class " + (Location.isFile(location.type()) ? "made from " : "") + location.type()
                        + " is loaded in this program; the probe would wait for it"
                        + LoadedClasses.offer(loaded.like(location.type()))
                : new Absence(location, meant).reason();
    }
}
