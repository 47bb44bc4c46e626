package io.plumbline.config.expression;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Trees that are printed and parsed come back as they were. */
class RandomExpressionTest {
    private static final int TREES = 3_000;
    private static final List<String> NAMES = List.of("a", "order", "x1", "_b", "ünïcode", "this");
    private static final List<String> TYPES = List.of("int", "long[]", "Order", "shop.Order", "Map.Entry", "double");
    private static final List<Object> LITERALS = List.of(
            0,
            1,
            Integer.MAX_VALUE,
            7L,
            Long.MAX_VALUE,
            0.5,
            1e100,
            2.5f,
            'c',
            '\'',
            '\n',
            "text",
            "\"\\{}'\u0001é",
            true,
            false);

    private final Random random = new Random(20261123);

    @Test
    void parse_printedTree_givesTheTree() {
        for (int i = 0; i < TREES; i++) {
            String text = Printer.print(tree(4));
            if (text.length() <= Parser.MAX_LENGTH) {
                assertThat(Printer.print(Code.parse(text).expression())).isEqualTo(text);
            }
        }
    }

    @Test
    void parse_noise_neverFailsOtherwiseThanByExpressionException() {
        String alphabet = "ab1.0 ()[]{}\"'\\+-*/%<>=!&|^~?:,$xLf_e\n";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(12); length >= 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                Code.parse(text.toString());
            } catch (ExpressionException e) {
                assertThat(e.column()).as(text.toString()).isBetween(1, text.length() + 1);
                assertThat(e.problem()).isNotBlank();
            }
        }
    }

    private Expression tree(int depth) {
        if (depth == 0 || random.nextInt(5) == 0) {
            return leaf();
        }
        int next = depth - 1;
        return switch (random.nextInt(8)) {
            case 0 -> new Unary(pick(List.of(UnaryOperator.values())), tree(next), 0);
            case 1 -> new InstanceOf(tree(next), pick(TYPES), 0);
            case 2 -> new Cast(pick(TYPES), tree(next), 0);
            case 3 -> new Conditional(tree(next), tree(next), tree(next), 0);
            case 4 -> new Member(leafName(), pick(List.of("id", "total")), 0);
            case 5 -> new Element(leafName(), tree(next), 0);
            case 6 ->
                new Call(leafName(), "size", random.nextBoolean() ? List.of() : List.of(tree(next), tree(next)), 0);
            default -> new Binary(pick(List.of(BinaryOperator.values())), tree(next), tree(next), 0);
        };
    }

    private Expression leaf() {
        return switch (random.nextInt(6)) {
            case 0 -> new Literal(null, 0);
            case 1 -> new Special("thread", 0);
            case 2, 3 -> new Literal(pick(LITERALS), 0);
            default -> leafName();
        };
    }

    private Expression leafName() {
        return new Name(pick(NAMES), 0);
    }

    private <T> T pick(List<T> items) {
        return items.get(random.nextInt(items.size()));
    }
}
