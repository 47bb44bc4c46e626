package io.plumbline.agent.oracle;

import java.util.Random;
import java.util.StringJoiner;

/**
 * A random Java program, and its twin: the same source, line for line, in which the generator has put a call of {@link Track} where
 * control arrives, as it knows from the tree that it writes. So the twin counts hits without any look at bytecode.
 *
 * <p>Programs end: loops have small bounds and recursion has fuel. They keep to layouts for which the arrivals can be said in the
 * source: a {@code finally} block throws nothing and is not jumped out of, and a {@code catch} begins on a line where nothing is
 * thrown unless all of its {@code try} is there. The last
 * {@code catch} ends on a line of its own, to which the compiler leads the way past it. Behind the brace of a compound
 * statement a new line begins: the compiler may hang a jump onto the brace's line, so lines of braces are left out. A
 * {@code break} is never alone on its line, for the compiler leads jumps to it past it.
 */
final class RandomProgram {
    private static final int METHODS = 3;

    private final Random random;
    private final String name;
    private final StringBuilder plain = new StringBuilder();
    private final StringBuilder twin = new StringBuilder();
    private int line = 1;

    /** Whether nothing of the current line has code yet. */
    private boolean fresh = true;

    private int names;
    private int budget;

    /**
     * @param seed the same seed gives the same program; not negative
     */
    RandomProgram(long seed) {
        random = new Random(seed);
        name = "P" + seed;
        both("package rnd; import io.plumbline.agent.oracle.*;");
        newLine();
        both("public class " + name + " extends Programs {");
        newLine();
        for (int i = 0; i < METHODS; i++) {
            budget = 14;
            method(i);
        }
        both("@Override public int run() { ");
        twin("Track.fresh(" + line + "); ");
        both("return m0(3, 5); }");
        newLine();
        both("}");
    }

    /** The full name of its class. */
    String name() {
        return "rnd." + name;
    }

    /** Whether a line can be compared: it holds more than braces. */
    boolean isCompared(int number) {
        String text = plain.toString().lines().skip(number - 1L).findFirst().orElse("");
        return number > 2 && !text.replace("else", "").matches("[{} ]*");
    }

    String plain() {
        return plain.toString();
    }

    String twin() {
        return twin.toString();
    }

    private void method(int number) {
        both("int m" + number + "(int p, int q) {");
        twin("Track F = new Track(); ");
        newLine();
        twin("F.at(" + line + ", true); ");
        both("int a = p, b = q;");
        newLine();
        at();
        both("if (fuel-- <= 0) {");
        space();
        at();
        both("return 1; }");
        newLine();
        block(3, true);
        newLine();
        at();
        both("return a + b; }");
        newLine();
    }

    /** Statements. */
    private void block(int depth, boolean jumps) {
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            statement(depth, jumps);
            space();
        }
    }

    /**
     * One statement.
     *
     * @param exits whether it may leave by an exception or a {@code return}
     */
    private void statement(int depth, boolean exits) {
        if (depth == 0 || budget-- <= 0) {
            simple(exits);
            return;
        }
        switch (random.nextInt(exits ? 14 : 6)) {
            case 0 -> ifElse(depth, exits);
            case 1 -> forLoop(depth, exits);
            case 2 -> whileLoop(depth, exits);
            case 3 -> doLoop(depth, exits);
            case 4 -> eachLoop(depth, exits);
            case 5 -> oldSwitch(depth, exits);
            case 6 -> newSwitch(depth);
            case 7 -> tryCatch(depth);
            case 8 -> tryFinally(depth);
            case 9 -> resource(depth);
            case 10 -> locked();
            case 11 -> leave();
            case 12 -> nested(depth);
            default -> simple(true);
        }
        newLine();
    }

    private void simple(boolean exits) {
        at();
        switch (random.nextInt(exits ? 10 : 5)) {
            case 0 -> both(variable() + " += " + call() + ";");
            case 1 -> both(variable() + " = a > b ? " + call() + " : " + call() + ";");
            case 2 -> both(variable() + "++; ");
            case 3 -> both("t(a); ");
            case 4 -> both("if (a > 50 || " + condition() + ") a -= 40;");
            case 5 -> spreadCall();
            case 6 -> spreadChoice();
            case 7 -> switchExpression();
            case 8 -> both(variable() + " += m" + random.nextInt(METHODS) + "(a % 7, b % 5);");
            default -> lambda();
        }
    }

    private String variable() {
        return random.nextBoolean() ? "a" : "b";
    }

    private String operand() {
        return switch (random.nextInt(5)) {
            case 0 -> "a";
            case 1 -> "b";
            case 2 -> "p";
            default -> String.valueOf(random.nextInt(9));
        };
    }

    private String call() {
        return "t(" + operand() + " + " + random.nextInt(5) + ")";
    }

    private String condition() {
        return switch (random.nextInt(4)) {
            case 0 -> "a % 3 != " + random.nextInt(3);
            case 1 -> call() + " > " + random.nextInt(9);
            case 2 -> "a < b && " + call() + " > 2";
            default -> "(b & 1) == 0 || " + call() + " < 4";
        };
    }

    /** An argument on each line. The statement has a value on the stack before, so the bytecode shows it in progress. */
    private void spreadCall() {
        int start = line;
        StringJoiner ends = new StringJoiner("");
        both(variable() + " += u(" + call());
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            both(",");
            newLine();
            on();
            both(call());
            ends.add(")");
        }
        if (ends.length() == 1) {
            both(", 1");
        }
        twin(" + F.back(" + start + ")");
        both(");");
        newLine();
    }

    private void spreadChoice() {
        both(variable() + " += t(a) > " + random.nextInt(6));
        newLine();
        both("? ");
        on();
        both(call());
        newLine();
        both(": ");
        on();
        both(call() + ";");
        newLine();
    }

    private void switchExpression() {
        String result = variable();
        int start = line;
        both(result + " = u(a, switch (t(b) % 3) {");
        newLine();
        both("case 0 -> ");
        nestedOn();
        both(call() + ";");
        newLine();
        both("case 1 -> {");
        newLine();
        at();
        both("b += " + call() + ";");
        space();
        at();
        both("yield b; }");
        newLine();
        both("default -> ");
        nestedOn();
        both("t(5); }, 2");
        twin(" + F.back(" + start + ")");
        both(");");
        newLine();
    }

    private void lambda() {
        String name = "f" + names++;
        both("Fun " + name + " = x -> ");
        twin("Track.fresh(" + line + ") + ");
        both("t(x + 1);");
        space();
        at();
        both(variable() + " += " + name + ".of(a) + " + name + ".of(2);");
    }

    private void ifElse(int depth, boolean exits) {
        at();
        both("if (" + condition() + ") {");
        space();
        block(depth - 1, exits);
        both("}");
        if (random.nextBoolean()) {
            both(" else {");
            newLine();
            block(depth - 1, exits);
            both("}");
        }
    }

    private void forLoop(int depth, boolean exits) {
        String i = "i" + names++;
        String label = "l" + names++;
        at();
        boolean labelled = random.nextInt(3) == 0;
        both((labelled ? label + ": " : "") + "for (int " + i + " = 0; ");
        part();
        both(i + " < " + (1 + random.nextInt(3)) + "; ");
        twin("F.at(" + line + ", false, a), ");
        both(i + "++) {");
        space();
        block(depth - 1, exits);
        if (random.nextBoolean()) {
            jump(labelled ? " " + label : "");
        }
        both("}");
    }

    /** Leaves a loop or its round. */
    private void jump(String label) {
        at();
        both("if (" + condition() + ") {");
        space();
        at();
        both("b++; " + (random.nextBoolean() ? "break" : "continue") + label + ";");
        both("}");
        space();
        at();
        both("a++;");
    }

    private void whileLoop(int depth, boolean exits) {
        String i = "w" + names++;
        at();
        both("int " + i + " = 0;");
        space();
        both("while (");
        part();
        both(i + "++ < " + (1 + random.nextInt(3)) + " && (" + condition() + ")) {");
        if (random.nextInt(3) == 0) {
            simple(exits);
        } else {
            newLine();
            block(depth - 1, exits);
        }
        if (random.nextInt(3) == 0) {
            jump("");
        }
        both("}");
    }

    private void doLoop(int depth, boolean exits) {
        String i = "d" + names++;
        at();
        both("int " + i + " = 0;");
        space();
        both("do {");
        space();
        block(depth - 1, exits);
        both("} while (");
        part();
        both("++" + i + " < " + (1 + random.nextInt(3)) + ");");
    }

    private void eachLoop(int depth, boolean exits) {
        String x = "x" + names++;
        at();
        both("for (int " + x + " : ");
        twin("F.each(" + line + ", ");
        both("new int[] {1, a, 3}");
        twin(")");
        both(") {");
        space();
        at();
        both("b += " + x + ";");
        space();
        block(depth - 1, exits);
        both("}");
    }

    private void oldSwitch(int depth, boolean exits) {
        at();
        both("switch (t(a) % 4) {");
        for (int i = 0; i < 3; i++) {
            space();
            both(i == 2 ? "default: " : "case " + i + ": ");
            space();
            block(depth - 1, exits);
            if (i < 2 && random.nextBoolean()) {
                at();
                both("b++; break;");
            }
        }
        both("}");
    }

    private void newSwitch(int depth) {
        at();
        both("switch (t(b) % 3) {");
        for (int i = 0; i < 3; i++) {
            newLine();
            both(i == 2 ? "default -> {" : "case " + i + " -> {");
            space();
            block(depth - 1, true);
            both("}");
        }
        both("}");
    }

    private void tryCatch(int depth) {
        both("try {");
        newLine();
        block(depth - 1, true);
        at();
        both("boom(" + operand() + ");");
        newLine();
        both("} catch (Boom e" + names++ + ") { ");
        twin("F.at(" + line + ", false, a); ");
        fresh = false;
        space();
        block(depth - 1, true);
        newLine();
        both("}");
    }

    private void tryFinally(int depth) {
        both("try {");
        newLine();
        block(depth - 1, true);
        newLine();
        both("} finally {");
        newLine();
        at();
        both("a += 1;");
        space();
        at();
        both("b += t(a); }");
        newLine();
    }

    /** Closed on the line of the brace, or, after an exception, on that of {@code try}. */
    private void resource(int depth) {
        String name = "r" + names++;
        int start = line;
        both("try (");
        twin("Res " + name + " = new Res(a, F, " + start + ")");
        plain("Res " + name + " = new Res(a)");
        fresh = false;
        both(") {");
        newLine();
        throwing(depth);
        newLine();
        twin(name + ".ok(" + line + ");");
        both("}");
        newLine();
    }

    /** Statements that may throw, but not return. */
    private void throwing(int depth) {
        statement(depth - 1, false);
        newLine();
        at();
        both("boom(" + operand() + "); ");
    }

    private void locked() {
        at();
        both("synchronized (this) {");
        space();
        at();
        both("a++;");
        space();
        at();
        both("b += a; }");
    }

    private void leave() {
        at();
        both("if (" + condition() + ") {");
        space();
        at();
        both(random.nextBoolean() ? "return " + call() + ";" : "throw new Boom(" + operand() + ");");
        both("}");
    }

    /** A class within the method. */
    private void nested(int depth) {
        String name = "C" + names++;
        both("class " + name + " { ");
        twin("{ Track.fresh(" + line + "); } ");
        both("int g(int x) { ");
        twin("Track F = new Track(); ");
        newLine();
        twin("F.at(" + line + ", true); ");
        both("int r = t(x);");
        newLine();
        twin("F.at(" + line + ", true); ");
        both("return r + " + depth + "; } }");
        newLine();
        at();
        both("b += new " + name + "().g(a);");
    }

    // ------------------------------------------------------------------ writing

    private void plain(String text) {
        plain.append(text);
    }

    private void twin(String text) {
        twin.append(text);
    }

    private void both(String text) {
        plain(text);
        twin(text);
    }

    private void newLine() {
        both("\n");
        line++;
        fresh = true;
    }

    private void space() {
        if (random.nextInt(3) == 0) {
            both(" ");
        } else {
            newLine();
        }
    }

    /** A statement begins. */
    private void at() {
        twin("F.at(" + line + ", " + fresh + ", a); ");
        fresh = false;
    }

    /** A part of a statement begins that is a condition. */
    private void part() {
        twin("F.at(" + line + ", " + fresh + ", a) && ");
        fresh = false;
    }

    /** An operand on a line of its own. */
    private void on() {
        twin("F.on(" + line + ") + ");
        fresh = false;
    }

    /** An arm of a {@code switch} expression. */
    private void nestedOn() {
        twin("F.nested(" + line + ") + ");
        fresh = false;
    }
}
