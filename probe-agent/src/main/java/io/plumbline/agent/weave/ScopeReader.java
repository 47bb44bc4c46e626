package io.plumbline.agent.weave;

import io.plumbline.agent.compile.Completion;
import io.plumbline.agent.compile.HitCompiler;
import io.plumbline.agent.compile.Scope;
import io.plumbline.config.expression.ExpressionException;
import io.plumbline.config.probe.Location;
import io.plumbline.config.probe.Spot;
import io.plumbline.config.wire.CodeRequest;
import io.plumbline.config.wire.ScopeReply;
import io.plumbline.config.wire.ScopeReply.Name;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.objectweb.asm.Type;

/**
 * Tells what an expression at a location may name, from the sites that a probe would have there: weaves copies of the classes and throws
 * them away. Where a location means several methods, as a line with a lambda does, names that not all of them have say which do. Control
 * thread only.
 */
final class ScopeReader {
    private static final int MAX_SITES = 20;

    /** Methods before the lambdas in them, and always in the same order. */
    private static final Comparator<WovenSite> IN_ORDER = Comparator.comparing(
                    (WovenSite site) -> site.key().method().startsWith("lambda$"))
            .thenComparing(site -> site.key().method());

    private final LoadedClasses loaded;
    private final RunningBytes running;
    private final HitCompiler compiler;
    private final Map<String, MethodHandle> specials;
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final List<Absence.Meant> meant = new ArrayList<>();
    private String refusal;

    /** For one question. */
    ScopeReader(LoadedClasses loaded, RunningBytes running, HitCompiler compiler, Map<String, MethodHandle> specials) {
        this.loaded = loaded;
        this.running = running;
        this.compiler = compiler;
        this.specials = specials;
    }

    /** A method with a site. */
    private record Place(Scope scope, Set<String> parameters) {}

    ScopeReply read(CodeRequest request, CodeRequest.Scope asked) {
        Location location = Location.parse(asked.at());
        RunningBytes.Meant there = running.of(location.type());
        there.bytes().forEach((type, bytes) -> look(type, bytes, location));
        if (places.isEmpty()) {
            return ScopeReply.without(request, problem(location, there.problem()), 0);
        }
        return asked.path().isBlank() ? names(request) : inside(request, asked.path());
    }

    private void look(Class<?> owner, byte[] bytes, Location location) {
        ClassWeaver weaver = new ClassWeaver(bytes, ClassFiles.source(bytes, owner));
        String own = weaver.scan().source().ownFile();
        boolean isOther = location.isFile() && !location.type().equals(own);
        Spot spot = SiteKey.bare(location.spot());
        Wish wish = new Wish(
                isOther ? location.type() : "",
                location.method(),
                spot,
                spot.equals(Wish.EXIT) || spot.equals(Wish.ESCAPE));
        Fitting fitting = new Fitting(weaver, Set.of(wish));
        List<WovenSite> sites =
                fitting.weave(key -> 0).sites().stream().sorted(IN_ORDER).toList();
        for (WovenSite site : sites) {
            String method = site.key().method();
            String shown = owner.getName() + "#" + method.substring(0, method.indexOf('(')) + "("
                    + String.join(", ", SiteKey.parameters(method)) + ")";
            if (places.size() < MAX_SITES) {
                places.putIfAbsent(shown, place(owner, site));
            }
        }
        meant.add(new Absence.Meant(owner.getName(), weaver.contents()));
        refusal = refusal == null ? fitting.reasonAgainst(wish) : refusal;
    }

    private Place place(Class<?> owner, WovenSite site) {
        String method = site.key().method();
        String name = method.substring(0, method.indexOf('('));
        Scope scope = new Scope(owner, name, site.line(), site.layout().bindings(), specials);
        List<Variable> variables = site.layout().variables();
        boolean isOfObject = variables.stream()
                .anyMatch(each -> each.slot() == 0 && each.name().equals("this"));
        int end = isOfObject || name.equals("<init>") ? 1 : 0;
        for (Type type : Type.getArgumentTypes(method.substring(method.indexOf('(')))) {
            end += type.getSize();
        }
        Set<String> parameters = new LinkedHashSet<>();
        for (Variable variable : variables) {
            if (variable.slot() >= 0 && variable.slot() < end) {
                parameters.add(variable.name());
            }
        }
        return new Place(scope, parameters);
    }

    private ScopeReply names(CodeRequest request) {
        Map<String, Name> first = new LinkedHashMap<>();
        Map<String, List<String>> having = new LinkedHashMap<>();
        Map<String, List<Name>> members = new TreeMap<>();
        places.forEach((shown, place) -> {
            Completion completion = compiler.completion(place.scope());
            for (Name name : completion.names(place.parameters())) {
                first.putIfAbsent(name.name(), name);
                having.computeIfAbsent(name.name(), any -> new ArrayList<>()).add(shown);
            }
            completion.members().forEach(members::putIfAbsent);
        });
        List<Name> names = first.values().stream()
                .map(name -> having.get(name.name()).size() == places.size()
                        ? name
                        : new Name(name.name(), name.type(), name.kind(), name.redacted(), having.get(name.name())))
                .toList();
        return new ScopeReply(
                request.id(), request.instance(), "", List.copyOf(places.keySet()), names, members, "", 0);
    }

    /** At the first method where the expression can be evaluated. */
    private ScopeReply inside(CodeRequest request, String path) {
        ExpressionException first = null;
        for (Map.Entry<String, Place> place : places.entrySet()) {
            try {
                Completion.Inside inside =
                        compiler.completion(place.getValue().scope()).of(path);
                return new ScopeReply(
                        request.id(),
                        request.instance(),
                        inside.type(),
                        List.of(place.getKey()),
                        inside.members(),
                        Map.of(),
                        "",
                        0);
            } catch (ExpressionException e) {
                first = first == null ? e : first;
            }
        }
        return ScopeReply.without(request, first.problem(), first.column());
    }

    private String problem(Location location, String blocked) {
        if (blocked != null) {
            return blocked;
        }
        if (refusal != null) {
            return refusal;
        }
        return meant.isEmpty() ? loaded.absence(location.type()) : new Absence(location, meant).reason();
    }
}
