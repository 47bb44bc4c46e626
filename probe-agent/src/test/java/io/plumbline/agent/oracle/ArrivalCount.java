package io.plumbline.agent.oracle;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Counts hits from what a thread really executed, instruction by instruction, by the definition: <i>control enters the line
 * from another line, or jumps back to its start; returning to a line in the middle of a statement that began there is no new
 * hit.</i>
 *
 * <p>It shares nothing with the weaver, neither code nor means. The weaver looks at all ways that a method's bytecode could
 * take and takes a value on the operand stack for a statement in progress. This class sees the one way that was taken, and
 * knows from javac which statement of the source each instruction belongs to. The definition reads then:
 *
 * <ul>
 *   <li>A statement begins anew when control comes from outside of it, or goes backwards within it. Statements in a
 *       {@code switch} expression begin within the one around, which goes on afterwards.
 *   <li>Control that comes from another line (or from outside the method) has arrived if a statement begins, or if the
 *       statement in progress was not on this line yet. It has not where the compiler hung the end of the statement onto the
 *       line of its last branch, without anything of that line being run: such code is not at the start of a stretch
 *       of that line.
 *   <li>Control that goes backwards on its line has arrived if it goes to where a stretch of the line's bytecode starts. An exception:
 *       a loop's update and its condition on one line, in two stretches, are passed in one arrival.
 * </ul>
 */
final class ArrivalCount {
    private final Deque<Activation> stack = new ArrayDeque<>();
    private final Map<Place, Integer> hits = new TreeMap<>();
    private long steps;
    private long arrivals;

    /** One call of a method. */
    private static final class Activation {
        final SteppedMethod method;
        final List<Execution> running = new ArrayList<>();
        int last = -1;

        /** The stretch in which the line was last counted; -1 where it was not since control is on it. */
        int countedRun = -1;

        Activation(SteppedMethod method) {
            this.method = method;
        }
    }

    /** One run of a statement, and the lines that it was on. */
    private record Execution(Span statement, Set<Integer> lines) {}

    /** An instruction is about to be executed. */
    void step(SteppedMethod method, int index) {
        steps++;
        Activation activation = activation(method, index);
        boolean begins = follow(activation, method.path(index), index);
        if (arrives(activation, index, begins)) {
            activation.countedRun = method.runOf(index);
            if (method.isCounted(index)) {
                hits.merge(method.place(index), 1, Integer::sum);
                arrivals++;
            }
        }
        activation.running.get(activation.running.size() - 1).lines.add(method.line(index));
        activation.last = index;
    }

    /**
     * An exception is about to go on at a handler. The frame is the youngest whose call is covered by it: one in which the
     * handler was passed over would have been passed over by this reckoning, too.
     */
    void caught(SteppedMethod method, int handler) {
        boolean known = stack.stream().anyMatch(each -> isCaughtIn(each, method, handler));
        while (known && !isCaughtIn(stack.peek(), method, handler)) {
            stack.pop();
        }
    }

    private static boolean isCaughtIn(Activation activation, SteppedMethod method, int handler) {
        return activation.method == method && method.isCaught(activation.last, handler);
    }

    /** The call that an instruction belongs to. A method starts at 0, to which it may also jump back. */
    private Activation activation(SteppedMethod method, int index) {
        while (!stack.isEmpty() && hasReturned(stack.peek())) {
            stack.pop();
        }
        boolean isCall = index == 0 && !(isIn(stack.peek(), method) && method.isJump(stack.peek().last));
        while (!isCall && !isIn(stack.peek(), method)) {
            stack.pop();
        }
        if (isCall) {
            stack.push(new Activation(method));
        }
        return stack.peek();
    }

    private static boolean hasReturned(Activation activation) {
        return activation.method.isReturn(activation.last);
    }

    private static boolean isIn(Activation activation, SteppedMethod method) {
        if (activation == null) {
            return false;
        }
        return activation.method == method;
    }

    /** Brings the statements in progress up to date; whether the instruction begins one. */
    private static boolean follow(Activation activation, List<Span> path, int index) {
        List<Execution> running = activation.running;
        int common = 0;
        while (common < Math.min(running.size(), path.size())
                && running.get(common).statement.equals(path.get(common))) {
            common++;
        }
        if (common == path.size() && index <= activation.last && running.size() == common) {
            common--;
        }
        running.subList(common, running.size()).clear();
        for (Span statement : path.subList(common, path.size())) {
            Set<Integer> lines = new HashSet<>();
            if (activation.last >= 0 && activation.method.line(activation.last) == statement.line()) {
                lines.add(statement.line()); // it began where control was, though its first instruction is elsewhere
            }
            running.add(new Execution(statement, lines));
        }
        return common < path.size();
    }

    private static boolean arrives(Activation activation, int index, boolean begins) {
        SteppedMethod method = activation.method;
        int line = method.line(index);
        boolean startsRun = method.runOf(index) == index;
        if (activation.last >= 0 && method.line(activation.last) == line) {
            boolean onWithinArrival =
                    activation.countedRun == method.runOf(activation.last) && activation.countedRun != index;
            return index <= activation.last && startsRun && !onWithinArrival;
        }
        activation.countedRun = -1;
        Execution now = activation.running.get(activation.running.size() - 1);
        if (method.isWayOut(index)) {
            return false;
        }
        return begins || (method.startsPart(index) && !now.lines.contains(line));
    }

    Map<Place, Integer> hits() {
        return hits;
    }

    /** Instructions executed. */
    long steps() {
        return steps;
    }

    /** The sum of all hits. */
    long arrivals() {
        return arrivals;
    }
}
