package io.plumbline.pipeline.promote;

import io.plumbline.config.expression.BinaryOperator;
import io.plumbline.config.expression.Code;
import io.plumbline.config.expression.Expression;
import io.plumbline.config.expression.Expression.Binary;
import io.plumbline.config.expression.Expression.Call;
import io.plumbline.config.expression.Expression.Cast;
import io.plumbline.config.expression.Expression.Conditional;
import io.plumbline.config.expression.Expression.Element;
import io.plumbline.config.expression.Expression.InstanceOf;
import io.plumbline.config.expression.Expression.Literal;
import io.plumbline.config.expression.Expression.Member;
import io.plumbline.config.expression.Expression.Name;
import io.plumbline.config.expression.Expression.Special;
import io.plumbline.config.expression.Expression.Unary;
import io.plumbline.config.redaction.Redaction;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Expressions of probes as Java. Where Java means something else, a remark says so; what Java has no word for stays as it is and
 * does not compile, so that nobody takes it for done.
 *
 * <p>Threads: one.
 */
final class JavaText {
    private static final Set<BinaryOperator> MAY_THROW = Set.of(BinaryOperator.DIVIDE, BinaryOperator.REMAINDER);
    private static final Set<String> PRIMITIVES =
            Set.of("byte", "short", "int", "long", "float", "double", "boolean", "char");
    private static final Redaction REDACTION = Redaction.standard();

    private final Scope scope;
    private final Snippet.Draft draft;

    JavaText(Scope scope, Snippet.Draft draft) {
        this.scope = scope;
        this.draft = draft;
    }

    /** The expression; as an operand of others it needs no more brackets where it is a name, a member or a call. */
    String of(Code code) {
        return of(code.expression());
    }

    /** Whether it is known to be a text, number or truth value, which Java and the probe show alike. */
    boolean isShownAlike(Code code) {
        Expression expression = code.expression();
        return isText(expression) || isPlain(expression);
    }

    private String of(Expression expression) {
        if (expression instanceof Literal literal) {
            return literal(literal.value());
        }
        if (expression instanceof Name name) {
            hidden(name.name());
            return name.name();
        }
        if (expression instanceof Special special) {
            return special(special.name());
        }
        if (expression instanceof Member member) {
            return member(member);
        }
        if (expression instanceof Call call) {
            return call(call);
        }
        if (expression instanceof Element element) {
            remark("an index out of range shows in the probe's value; here it is thrown");
            return operand(element.target()) + "[" + of(element.index()) + "]";
        }
        if (expression instanceof Unary unary) {
            return unary.operator().symbol() + operand(unary.operand());
        }
        return composed(expression);
    }

    private String composed(Expression expression) {
        if (expression instanceof Binary binary) {
            return binary(binary);
        }
        if (expression instanceof InstanceOf check) {
            return operand(check.operand()) + " instanceof " + check.type();
        }
        if (expression instanceof Cast cast) {
            remark("a cast that does not hold is null in the probe; here it throws ClassCastException");
            return "(" + cast.type() + ") " + operand(cast.operand());
        }
        Conditional choice = (Conditional) expression;
        return operand(choice.condition()) + " ? " + operand(choice.whenTrue()) + " : " + operand(choice.whenFalse());
    }

    private String operand(Expression expression) {
        boolean simple = expression instanceof Literal
                || expression instanceof Name
                || expression instanceof Special
                || expression instanceof Member
                || expression instanceof Call
                || expression instanceof Element;
        return simple ? of(expression) : "(" + of(expression) + ")";
    }

    private String binary(Binary binary) {
        String left = operand(binary.left());
        String right = operand(binary.right());
        BinaryOperator operator = binary.operator();
        if (MAY_THROW.contains(operator) && !isNumberButZero(binary.right())) {
            remark("a division by zero shows in the probe's value; here it is thrown");
        }
        if (operator.kind() == BinaryOperator.Kind.EQUALITY && !isNull(binary.left()) && !isNull(binary.right())) {
            String not = operator == BinaryOperator.NOT_EQUAL ? "!" : "";
            if (isText(binary.left()) || isText(binary.right())) {
                draft.imports.add("java.util.Objects");
                return not + "Objects.equals(" + left + ", " + right + ")";
            }
            if (!isPlain(binary.left()) && !isPlain(binary.right())) {
                remark(
                        left + " " + operator.symbol() + " " + right
                                + " compares the values of texts in the probe, but references here; for texts write Objects.equals");
            }
        }
        return left + " " + operator.symbol() + " " + right;
    }

    private static boolean isNumberButZero(Expression expression) {
        return expression instanceof Literal literal
                && literal.value() instanceof Number number
                && number.doubleValue() != 0;
    }

    private static boolean isNull(Expression expression) {
        return expression instanceof Literal literal && literal.value() == null;
    }

    private boolean isText(Expression expression) {
        return expression instanceof Literal literal && literal.value() instanceof String
                || type(expression).filter("String"::equals).isPresent();
    }

    /** Numbers and truth values, for which both mean the same. */
    private boolean isPlain(Expression expression) {
        return expression instanceof Literal
                || expression instanceof Unary
                || expression instanceof Binary binary && binary.operator() != BinaryOperator.PLUS
                || type(expression).filter(PRIMITIVES::contains).isPresent();
    }

    private String special(String name) {
        switch (name) {
            case "thread":
                return "Thread.currentThread().getName()";
            case "trace":
                draft.imports.add("io.opentelemetry.api.trace.Span");
                remark("outside of a trace the probe's $trace is null; here it is a row of zeros");
                return "Span.current().getSpanContext().getTraceId()";
            case "exception":
                if (scope.exception().isPresent()) {
                    return scope.exception().get();
                }
                break;
            case "mdc":
                draft.imports.add("org.slf4j.MDC");
                return "MDC";
            default:
                break;
        }
        remark("Java has no $" + name + "; write in its place what it is here");
        return "$" + name;
    }

    private String member(Member member) {
        hidden(member.name());
        nullable(member.target());
        Optional<Scope.Member> found = found(member);
        String target = operand(member.target());
        if (isThis(member.target()) || isClass(member.target()) || member.name().equals("length")) {
            return target + "." + member.name();
        }
        if (found.isPresent() && found.get().isPrivate()) {
            if (found.get().accessor().isPresent()) {
                return target + "." + found.get().accessor().get() + "()";
            }
            remark(target + "." + member.name() + " is private and has no accessor; give it one");
        } else if (found.isEmpty()) {
            remark("whether " + target + "." + member.name()
                    + " may be read here is not known; call an accessor where it is private");
        }
        return target + "." + member.name();
    }

    private Optional<Scope.Member> found(Member member) {
        return type(member.target()).flatMap(type -> scope.member(type, member.name()));
    }

    private Optional<String> type(Expression expression) {
        if (expression instanceof Name name) {
            return scope.typeOf(name.name());
        }
        return expression instanceof Member member ? found(member).map(Scope.Member::type) : Optional.empty();
    }

    private String call(Call call) {
        String arguments = call.arguments().stream().map(this::of).collect(Collectors.joining(", "));
        if (call.target() == null) {
            return call.name() + "(" + arguments + ")";
        }
        if (!(call.target() instanceof Special)) {
            nullable(call.target());
        }
        String target = operand(call.target());
        if (call.name().equals("find") && call.arguments().size() == 1) {
            draft.imports.add("java.util.regex.Pattern");
            return "Pattern.compile(" + arguments + ").matcher(" + target + ").find()";
        }
        if (call.name().equals("get")
                || call.name().startsWith("parse")
                || call.name().equals("charAt")) {
            if (!(call.target() instanceof Special)) {
                remark("what " + target + "." + call.name()
                        + " can't answer is null or shown in the probe; here it may be thrown");
            }
        }
        return target + "." + call.name() + "(" + arguments + ")";
    }

    /** A null on the way. */
    private void nullable(Expression target) {
        boolean never = isThis(target) || isClass(target) || target instanceof Literal || target instanceof Special;
        if (!never) {
            remark("where " + plain(target)
                    + " is null, the probe's value is null; here NullPointerException is thrown");
        }
    }

    private String plain(Expression target) {
        return target instanceof Name name ? name.name() : new JavaText(scope, new Snippet.Draft()).of(target);
    }

    private void hidden(String name) {
        if (REDACTION.hidesName(name)) {
            remark("the agent hides '" + name + "' as a secret (***); here it would be written out");
        }
    }

    private static boolean isThis(Expression expression) {
        return expression instanceof Name name && name.name().equals("this");
    }

    private boolean isClass(Expression expression) {
        return expression instanceof Name name
                && Character.isUpperCase(name.name().charAt(0))
                && scope.typeOf(name.name()).isEmpty();
    }

    private void remark(String text) {
        draft.remarks.add(text);
    }

    private static String literal(Object value) {
        if (value instanceof String text) {
            return quoted(text);
        }
        if (value instanceof Character c) {
            return c == '\'' ? "'\\''" : c == '"' ? "'\"'" : "'" + escaped(c) + "'";
        }
        return value instanceof Long ? value + "L" : value instanceof Float ? value + "f" : String.valueOf(value);
    }

    /** A text as Java writes it. */
    static String quoted(String text) {
        return text.chars().mapToObj(c -> escaped((char) c)).collect(Collectors.joining("", "\"", "\""));
    }

    private static String escaped(char c) {
        return switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            default -> c < ' ' ? String.format("\\u%04x", (int) c) : String.valueOf(c);
        };
    }
}
