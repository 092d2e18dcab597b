La Embajada de la República de El Salvador en Madrid saluda muy atentamente a la Embajada de la República de Costa Rica en Rabat y tiene el honor de referirse al ofrecimiento de colaboración que su punto focal comunicó el 4 de mayo (referencia SV-2026-0031).

De conformidad con el Artículo 6 de dicho instrumento, solicita formalmente la asistencia de la Honorable Embajada en favor de la ciudadana cuyos datos figuran en el Anexo 1, quien se encuentra actualmente en Tánger, Marruecos, donde El Salvador no cuenta con representación diplomática ni oficina consular. La señora salió de noche de la casa en que trabajaba, sin pasaporte ni salario, y desde entonces duerme en la parroquia; tiene fiebre y necesita ver a un médico. La asistencia requerida consiste en: una entrevista con una funcionaria, atención médica y un documento de viaje de emergencia, que llegará por mensajería. Los costos correrán por cuenta de El Salvador, hasta 300 euros.

La persona interesada otorgó su consentimiento informado el 5 de mayo. Se pide no revelar a su patrón dónde está.

La Embajada aprovecha la oportunidad para reiterar a la Honorable Embajada las seguridades de su más alta y distinguida consideración.
