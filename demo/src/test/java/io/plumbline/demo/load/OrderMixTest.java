package io.plumbline.demo.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OrderMixTest {
    @Test
    void next_isTheSameOnEveryRun() {
        OrderMix first = new OrderMix();
        OrderMix second = new OrderMix();

        assertThat(Stream.generate(first::next).limit(100))
                .containsExactlyElementsOf(
                        Stream.generate(second::next).limit(100).toList());
    }

    @Test
    void next_namesEveryCustomer() {
        assertThat(Stream.generate(new OrderMix()::next)
                        .limit(1000)
                        .map(query -> query.split("&", 2)[0])
                        .distinct())
                .hasSize(8);
    }
}
