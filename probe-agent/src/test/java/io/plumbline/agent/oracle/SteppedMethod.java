package io.plumbline.agent.oracle;

import com.sun.jdi.AbsentInformationException;
import com.sun.jdi.Location;
import com.sun.jdi.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A method of the stepped program: its bytecode and lines as the debugger sees them, its statements as the source has them. */
final class SteppedMethod {
    private static final int NO_LINE = 0;
    private static final int GOTO = 167;
    private static final Span NOWHERE = new Span(0, 0);
    private static final int RETURN_FIRST = 172;
    private static final int RETURN_LAST = 177;

    private final Method method;
    private final String file;
    private final byte[] code;
    private final int[] lines;
    private final List<ClassTables.Range> ranges;
    private final List<ClassTables.Handler> handlers;
    private final List<StatementFinder.Statement> statements;
    private final Map<Integer, List<Span>> paths = new HashMap<>();

    SteppedMethod(Method method, Sources sources) {
        String owner = method.declaringType().name();
        this.method = method;
        this.file = sources.fileOf(owner);
        this.code = method.bytecodes();
        this.lines = lines(method, code.length);
        this.ranges = sources.tables(owner).ranges(method.name() + method.signature());
        this.handlers = sources.tables(owner).handlers(method.name() + method.signature());
        this.statements = sources.statements(file);
    }

    private static int[] lines(Method method, int length) {
        int[] lines = new int[length];
        Arrays.fill(lines, NO_LINE);
        try {
            for (Location location : method.allLineLocations()) {
                Arrays.fill(lines, (int) location.codeIndex(), length, location.lineNumber());
            }
        } catch (AbsentInformationException e) {
            return lines;
        }
        return lines;
    }

    /** Bridges repeat the method they lead to and are not counted; neither is code that belongs to no line. */
    boolean isCounted(int index) {
        return !method.isBridge() && lines[index] != NO_LINE;
    }

    Place place(int index) {
        return new Place(file, lines[index]);
    }

    int line(int index) {
        return lines[index];
    }

    /** Where the stretch of bytecode of the same line begins. */
    int runOf(int index) {
        int start = index;
        while (start > 0 && lines[start - 1] == lines[index]) {
            start--;
        }
        return start;
    }

    /** Whether the first instruction of something is here that stands in the source on this very line. */
    boolean startsPart(int index) {
        return runOf(index) == index
                || ranges.stream()
                        .anyMatch(range ->
                                range.first() == index && range.source().line() == lines[index]);
    }

    boolean isReturn(int index) {
        int opcode = code[index] & 0xFF;
        return opcode >= RETURN_FIRST && opcode <= RETURN_LAST;
    }

    /** Whether an instruction is a jump: JVMS §6.5, {@code if…} to {@code lookupswitch}, and the later ones. */
    boolean isJump(int index) {
        int opcode = code[index] & 0xFF;
        return (opcode >= 153 && opcode < RETURN_FIRST) || (opcode >= 198 && opcode <= 200);
    }

    /**
     * Whether an instruction is a {@code goto} of no statement, on a line that has statements: the compiler's way out of a
     * {@code try}, on whose last or first line it is.
     */
    boolean isWayOut(int index) {
        List<Span> path = path(index);
        Span innermost = path.get(path.size() - 1);
        return (code[index] & 0xFF) == GOTO
                && statements.stream()
                        .noneMatch(each -> !each.isCompound() && each.span().equals(innermost))
                && statements.stream()
                        .anyMatch(each -> !each.isCompound() && each.span().line() == lines[index]);
    }

    /** Whether what an instruction throws may go on at a handler. */
    boolean isCaught(int index, int handler) {
        return handlers.stream()
                .anyMatch(each -> each.handler() == handler && each.first() <= index && index < each.end());
    }

    /**
     * The statements in progress at an instruction, the outermost first; more than one where a {@code switch} expression
     * holds statements. The last is the compound statement itself for code that belongs to none of its parts.
     */
    List<Span> path(int index) {
        return paths.computeIfAbsent(index, this::findPath);
    }

    /** By the bytecode, not by the source: a copy of {@code finally} runs within the {@code return} that it was made for. */
    private List<Span> findPath(int index) {
        List<ClassTables.Range> around = around(index);
        if (around.isEmpty()) {
            return List.of(NOWHERE);
        }
        Span made = around.get(around.size() - 1).source();
        List<Span> path = new ArrayList<>();
        for (ClassTables.Range range : around) {
            StatementFinder.Statement statement = statementOf(range.source());
            boolean isAround = statement.leaves() || statement.span().holds(made);
            if (!statement.isCompound() && isAround && !path.contains(statement.span())) {
                path.add(statement.span());
            }
        }
        StatementFinder.Statement last = statementOf(made);
        if (last.isCompound()) {
            path.add(last.span());
        }
        return path;
    }

    /** The ranges that an instruction lies in, the widest first. */
    private List<ClassTables.Range> around(int index) {
        Comparator<ClassTables.Range> widest = Comparator.comparingInt(range -> range.first() - range.last());
        return ranges.stream()
                .filter(range -> range.first() <= index && index <= range.last())
                .sorted(widest.thenComparingInt(range -> -range.source().size()))
                .toList();
    }

    /** The narrowest statement that holds a place. */
    private StatementFinder.Statement statementOf(Span place) {
        return statements.stream()
                .filter(statement -> statement.span().holds(place))
                .min(Comparator.comparingInt(statement -> statement.span().size()))
                .orElse(new StatementFinder.Statement(place, true, false));
    }

    @Override
    public String toString() {
        return method.toString();
    }
}
