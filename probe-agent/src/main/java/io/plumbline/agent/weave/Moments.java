package io.plumbline.agent.weave;

import io.plumbline.config.probe.Spot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.MethodNode;

/** Finds the sites of a method that are no lines: its entry, its ends, what it throws and what it catches. */
final class Moments {
    private final MethodNode method;
    private final MethodModel model;
    private final Variables variables;
    private final CatchBlocks catches;
    private final ToIntFunction<SiteKey> ids;

    /** Holds when the method began; absent when nobody asks. */
    private final Optional<Variable> start;

    Moments(
            MethodNode method,
            MethodModel model,
            Variables variables,
            CatchBlocks catches,
            ToIntFunction<SiteKey> ids,
            Optional<Variable> start) {
        this.method = method;
        this.model = model;
        this.variables = variables;
        this.catches = catches;
        this.ids = ids;
        this.start = start;
    }

    List<Placement> find(Spot spot) {
        if (spot instanceof Spot.Entry) {
            return List.of(new Placement(woven(spot, 0, model.line(0), variables.at(0)), null));
        }
        if (spot instanceof Spot.Escape) {
            return escape(spot);
        }
        if (spot instanceof Spot.Exit) {
            Type type = Type.getReturnType(method.desc);
            Optional<Variable> returned =
                    type == Type.VOID_TYPE ? Optional.empty() : Optional.of(Variable.returned(type.getDescriptor()));
            return placed(spot, returns(), returned, start);
        }
        Optional<Variable> exception = Optional.of(Variable.exceptionOnTop());
        return spot instanceof Spot.Throw
                ? placed(spot, throwers(), exception, Optional.empty())
                : placed(spot, catches.starts(), exception, Optional.empty());
    }

    private List<Placement> escape(Spot spot) {
        EscapeHandler handler = new EscapeHandler(method, model);
        if (handler.isEmpty()) {
            return List.of();
        }
        SiteLayout layout = variables.of(handler.locals(), 0).with(Optional.of(Variable.exceptionOnTop()), start);
        return List.of(new Placement(woven(spot, 0, model.line(0), layout), null));
    }

    private List<Placement> placed(
            Spot spot, List<Integer> instructions, Optional<Variable> top, Optional<Variable> last) {
        List<Placement> placements = new ArrayList<>();
        for (int i : instructions) {
            SiteLayout layout = variables.at(i).with(top, last);
            placements.add(
                    new Placement(woven(spot, placements.size(), model.line(i), layout), SiteFinder.Site.always(i)));
        }
        return placements;
    }

    private WovenSite woven(Spot spot, int ordinal, int line, SiteLayout layout) {
        SiteKey key = new SiteKey(method.name + method.desc, "", spot, ordinal);
        return new WovenSite(key, ids.applyAsInt(key), SourceLines.line(line), layout);
    }

    private List<Integer> returns() {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < model.size(); i++) {
            int opcode = model.instruction(i).getOpcode();
            if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN && model.frame(i) != null) {
                found.add(i);
            }
        }
        return found;
    }

    private List<Integer> throwers() {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < model.size(); i++) {
            boolean isThrow = model.instruction(i).getOpcode() == Opcodes.ATHROW && model.frame(i) != null;
            if (isThrow && !catches.isRethrow(i)) {
                found.add(i);
            }
        }
        return found;
    }
}
