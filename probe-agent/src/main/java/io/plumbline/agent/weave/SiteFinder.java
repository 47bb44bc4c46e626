package io.plumbline.agent.weave;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.JumpInsnNode;

/**
 * Finds the sites of a line in one method. A hit is one arrival: control enters the line from another line, or jumps
 * back to its start. Returning to a line in the middle of a statement that began there is no new hit.
 *
 * <p>The unit is the run: instructions in a row that belong to the same line. An arrival at an instruction comes
 * <ul>
 *   <li>from the method's start, from another line (falling through, jumping, or by an exception), or
 *   <li>from the same line by a jump back to the start of a run (a loop written on one line), but not from where the
 *       line was just arrived at (a loop's update, in front of its condition).
 * </ul>
 * Where other edges lead to the same instruction too (the header of an enhanced {@code for} is reached by falling
 * through within its own line and by the jump back from the body), the site is {@link Site#isMixed mixed}, and only the
 * arriving edges are led over it.
 */
final class SiteFinder {
    private final MethodModel model;
    private final StatementInProgress statement;
    private final InlinedCode inlined;

    SiteFinder(MethodModel model) {
        this.model = model;
        this.statement = new StatementInProgress(model);
        this.inlined = new InlinedCode(model);
    }

    /**
     * An instruction in front of which the line is arrived at.
     *
     * @param instruction its number in the model
     * @param fallingArrives whether falling through from the instruction before is an arrival (or impossible)
     * @param jumpsArrive instructions whose jump here is an arrival
     * @param jumpsStay instructions whose jump here stays within the line
     */
    record Site(int instruction, boolean fallingArrives, List<Integer> jumpsArrive, List<Integer> jumpsStay) {

        /** A place that is passed whichever way the instruction is reached. */
        static Site always(int instruction) {
            return new Site(instruction, true, List.of(), List.of());
        }

        /** Whether some edges to the instruction are no arrivals. */
        boolean isMixed() {
            return !fallingArrives || !jumpsStay.isEmpty();
        }
    }

    /** The sites in the order of the bytecode. */
    List<Site> find(int line) {
        List<Site> sites = new ArrayList<>();
        for (int i = 0; i < model.size(); i++) {
            if (model.line(i) == line && model.frame(i) != null) {
                Site site = classify(i, line);
                if (arrives(site, line) && !statement.wasOn(line, i) && !inlined.isReturnTo(i, line)) {
                    sites.add(site);
                }
            }
        }
        return withoutJumps(sites);
    }

    /**
     * Where a line has code of its own, a jump that is come to from elsewhere is none of it. The compiler hangs the way past a
     * {@code catch} onto its last line, and the way out of {@code try (…)} onto its first.
     */
    private List<Site> withoutJumps(List<Site> sites) {
        boolean hasOwn = sites.stream().anyMatch(site -> !isJump(site) && !isRethrow(site));
        return hasOwn ? sites.stream().filter(site -> !isJump(site)).toList() : sites;
    }

    private boolean isJump(Site site) {
        return model.instruction(site.instruction()).getOpcode() == Opcodes.GOTO;
    }

    /** The end of a {@code finally} block that an exception passes through, or before Java 6 the call of that block and its end. */
    private boolean isRethrow(Site site) {
        int i = site.instruction();
        boolean callsBlock = isOpcode(i, Opcodes.ASTORE) && isOpcode(i + 1, Opcodes.JSR);
        int end = callsBlock ? i + 2 : i;
        return isOpcode(end, Opcodes.ALOAD) && isOpcode(end + 1, Opcodes.ATHROW);
    }

    private boolean isOpcode(int i, int opcode) {
        return i < model.size() && model.instruction(i).getOpcode() == opcode;
    }

    private Site classify(int i, int line) {
        boolean runStart = i == 0 || model.line(i - 1) != line;
        boolean falls = i > 0 && model.fallsThrough(i - 1);
        List<Integer> arrive = new ArrayList<>();
        List<Integer> stay = new ArrayList<>();
        for (int from : model.predecessors(i)) {
            if (from == i - 1 && falls && !jumpsTo(from, i)) {
                continue;
            }
            boolean arrives = model.line(from) == line
                    ? runStart && from >= i && !goesOnFromArrival(from, i, line)
                    : runStart || !isMadeOfCondition(i);
            (arrives ? arrive : stay).add(from);
        }
        return new Site(i, !falls || model.line(i - 1) != line, arrive, stay);
    }

    private boolean jumpsTo(int from, int to) {
        return MethodModel.targets(model.instruction(from)).stream().anyMatch(label -> model.at(label) == to);
    }

    private boolean arrives(Site site, int line) {
        int i = site.instruction();
        boolean fallsIn = i == 0 || (model.fallsThrough(i - 1) && model.line(i - 1) != line);
        boolean thrown = model.throwers(i).stream().anyMatch(from -> model.line(from) != line);
        return fallsIn || thrown || !site.jumpsArrive().isEmpty();
    }

    /**
     * Where the compiler makes a value of a condition, {@code iconst_1, goto, iconst_0}, it leaves that on the line of the
     * condition's last operand. To jump there from an earlier line is to skip this line.
     */
    private boolean isMadeOfCondition(int i) {
        return isPair(i) || (i >= 2 && isPair(i - 2));
    }

    private boolean isPair(int one) {
        return one + 2 < model.size()
                && model.instruction(one).getOpcode() == Opcodes.ICONST_1
                && model.instruction(one + 1) instanceof JumpInsnNode jump
                && jump.getOpcode() == Opcodes.GOTO
                && model.at(jump.label) == one + 3
                && model.instruction(one + 2).getOpcode() == Opcodes.ICONST_0;
    }

    /** Whether a jump back to a run's start comes from another run that the line was arrived at in: a loop's update. */
    private boolean goesOnFromArrival(int from, int to, int line) {
        int run = from;
        while (run > 0 && model.line(run - 1) == line) {
            run--;
        }
        return run != to
                && model.frame(run) != null
                && arrives(classify(run, line), line)
                && !statement.wasOn(line, run);
    }
}
