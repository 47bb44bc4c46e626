package io.plumbline.agent.weave;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the sites of a line in one method. A hit is one arrival: control enters the line from another line, or jumps
 * back to its start. Returning to a line in the middle of a statement that began there is no new hit.
 *
 * <p>The unit is the run: instructions in a row that belong to the same line. An arrival at an instruction comes
 * <ul>
 *   <li>from the method's start, from another line (falling through, jumping, or by an exception), or
 *   <li>from the same line by a jump back to the start of a run (a loop written on one line).
 * </ul>
 * Where other edges lead to the same instruction too (the header of an enhanced {@code for} is reached by falling
 * through within its own line and by the jump back from the body), the site is {@link Site#isMixed mixed}, and only the
 * arriving edges are led over it.
 */
final class SiteFinder {
    /** Instructions in front of an inlined stretch: a store of its argument, {@code iconst_0}, a store into the mark. */
    private static final int MARK_SETTING = 3;

    private final MethodModel model;

    SiteFinder(MethodModel model) {
        this.model = model;
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
                if (arrives(site, line) && !isReturnIntoStatement(i, line) && !isReturnFromInlined(site, line)) {
                    sites.add(site);
                }
            }
        }
        return sites;
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
            boolean backToStart = runStart && from >= i;
            (model.line(from) != line || backToStart ? arrive : stay).add(from);
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
     * Whether the statement in progress at an instruction began on the same line: walking back while operands of the
     * statement lie on the stack, an instruction of the line is met, and in between the stack was lower than here, so
     * what lies on top was computed meanwhile. (A loop inside a switch expression keeps the stack where it was, and
     * each of its rounds is an arrival.)
     */
    private boolean isReturnIntoStatement(int start, int line) {
        int height = model.frame(start).height();
        if (height == 0 || !model.throwers(start).isEmpty()) {
            return false;
        }
        Map<Integer, Integer> lowest = new HashMap<>();
        Deque<Integer> open = new ArrayDeque<>();
        open.add(start);
        lowest.put(start, height);
        while (!open.isEmpty()) {
            int i = open.poll();
            if (i != start && model.frame(i).height() == 0) {
                continue;
            }
            for (int from : model.predecessors(i)) {
                if (model.frame(from) == null) {
                    continue;
                }
                int low = Math.min(lowest.get(i), Math.min(model.frame(from).height(), afterPops(from, i)));
                if (model.line(from) == line && low < height) {
                    return true;
                }
                if (low < lowest.getOrDefault(from, Integer.MAX_VALUE)) {
                    lowest.put(from, low);
                    open.add(from);
                }
            }
        }
        return false;
    }

    /**
     * Whether control comes back from code that Kotlin has inlined into a statement of the line: the compiler may have
     * emptied the stack for it, so that only the inlined code's marks tell.
     */
    private boolean isReturnFromInlined(SiteFinder.Site site, int line) {
        int i = site.instruction();
        for (MethodModel.Range range : model.inlined()) {
            boolean comesFromThere = !range.has(i)
                    && !model.predecessors(i).isEmpty()
                    && model.predecessors(i).stream()
                            .allMatch(from -> isOutOf(range, from) || model.line(from) == line);
            if (comesFromThere && startsOn(range, line)) {
                return true;
            }
        }
        return false;
    }

    /** Whether an instruction lies in the range, or behind it on the same line: what was put aside is fetched there. */
    private boolean isOutOf(MethodModel.Range range, int from) {
        int i = from;
        while (i >= range.end() && i > from - MARK_SETTING && model.line(i - 1) == model.line(from)) {
            i--;
        }
        return range.has(i);
    }

    /** Whether the line was left to enter the range; in between lies the setting of the mark. */
    private boolean startsOn(MethodModel.Range range, int line) {
        for (int i = range.start() - 1; i >= Math.max(0, range.start() - MARK_SETTING); i--) {
            if (model.line(i) == line) {
                return true;
            }
        }
        return false;
    }

    /** The stack's height between an instruction's pops and its pushes, as far as the frames around it tell. */
    private int afterPops(int from, int to) {
        return StackEffect.heightAfterPops(
                model.instruction(from),
                model.frame(from).height(),
                model.frame(to).height());
    }
}
