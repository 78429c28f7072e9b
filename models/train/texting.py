"""The spellings of text messages, laid over ordinary sentences, so that every line of the corpora also teaches them.

What is listed is common knowledge of how each language is typed on a phone. A phrase goes before the words in it; a word
may be left as it is. Sources only: the English of a pair never changes.
"""
import re

# Share of lines that are typed so, of the words in them, and of the wider habits in them.
LINE_SHARE, WORD_SHARE, HABIT_SHARE = 0.3, 0.7, 0.35

WORDS = {
    'fra': """
        je suis = jsuis chui chuis | je ne sais pas = jsp jsais_pas je_c_pas | je sais pas = jsp chais_pas jsais_pas
        tu as = t'as ta | tu es = t'es t tes | il y a = ya y_a | il n'y a pas = ya_pas y_a_pas | ce n'est pas = c_pas cpas c'est_pas
        ce n'était pas = c'était_pas cété_pas | c'est = c cé cest | c'était = cété ctait | j'ai = g jai | je n'ai pas = g_pas jai_pas j'ai_pas
        j'étais = jété jétais | qu'est-ce que = kesk qu'est_ce_que kes_ke | qu'est-ce qu' = kesk_ | est-ce que = esque est_ce_que
        que = q ke | quoi = koi kwa | qui = ki | pourquoi = pk pq prq | parce que = pcq pck psk parske | parce qu' = pcq_ | pour = pr
        quand = qd qand | dans = ds | vous = vs | nous = ns | avec = avc av | toujours = tjs tjr tjrs | beaucoup = bcp
        aujourd'hui = auj ajd aujd | demain = dem1 dmain | s'il te plaît = stp | s'il vous plaît = svp | d'accord = dac dacc dak
        ne t'inquiète pas = tkt t'inquiète tkt_pas tqt | t'inquiète pas = tkt tkt_pas | message = msg mess | rendez-vous = rdv
        même = mm mem | peut-être = ptet pt-être | quelqu'un = qqn qq1 | quelque chose = qqch qlq_chose | tout le monde = tlm tt_le_monde
        tout = tt | tous = ts | toute = tte | bien = bi1 b1 | rien = r1 | salut = slt | bonjour = bjr | bonsoir = bsr | bisous = biz bsx
        merci = mci mrc | comme = cm | comment = cmt comen | mais = mé | maintenant = mtn mnt | numéro = num numero | minutes = min mn
        il faut = faut | petit = ptit | petite = ptite | chez = ché | je t'aime = jtm | désolé = dsl | désolée = dsl | vraiment = vrmt vrmnt
        en train de = entrain_de | t'as = ta | avant = avt | après = apr | samedi = sam | dimanche = dim | c'est pas = cpas c_pas
        celui = clui | déjà = dja déja | bon = bn | sur = sr | long = lg | temps = tps | longtemps = lgtps | problème = pb | week-end = we""",
    'spa': """
        que = q ke k | qué = q ke | porque = xq pq xk porq | por qué = xq pq x_q | por favor = xfa porfa x_favor | por = x
        también = tb tmb tbn | para = pa xa pra | estoy = toy stoy | estás = tas | está = ta sta | estamos = tamos | están = tan stan
        estaba = taba staba | bien = bn | mensaje = msj mnsj | mañana = mñn mñna | te quiero mucho = tqm | te quiero = tq tk | quiero = kiero
        quieres = kieres | quiere = kiere | quién = kien | quien = kien | aquí = aki | gracias = grax grcs graxias | de verdad = d_vdd de_vdd
        verdad = vdd | cuando = cnd kuando | cuándo = cnd kuando | cuánto = cuanto kuanto | nada = na nd | todo = to tdo td | todos = tos tds
        donde = dnd dond | dónde = dnd onde | después = dsps desp | teléfono = tlf telf | hasta = asta | hola = ola wenas | he = e | ha = a
        has = as | hay = ay ai | hacer = acer aser | hace = ace | haces = aces | haciendo = aciendo | hablar = ablar | hablamos = ablamos
        hablo = ablo | hecho = exo hexo | hijo = ijo | hoy = oy | hora = ora | voy = boy | vas = bas | vamos = vms bamos | ver = ber
        vale = vle bale | llego = yego | llegas = yegas | llama = yama | llamo = yamo | llámame = yamame | ahora = aora ahr | ahorita = orita aorita
        más = + mas | igual = iwal | no te preocupes = ntp no_t_preocupes | nos vemos = nvm ns_vms | casa = ksa | cosa = ksa kosa
        con = cn kn | como = cm komo | cómo = cm komo | de = d | te = t | me = m | fin de semana = finde | minutos = min
        entonces = entocs ntncs entons | bueno = weno bno | luego = lueg | besos = bss bsos | mucho = mxo muxo | mucha = muxa | noche = noxe nxe
        noches = noxes | dicho = dixo | chico = xico | fecha = fexa | coche = koxe coxe | señora = sra | señor = sr | pues = pos ps
        cualquier = kualkier | pero = xo pro | oye = oie | saludos = slds | número = num nro | dinero = dnero | whatsapp = wpp wasap""",
    'ita': """
        che = ke k | chi = ki | perché = xke xké xkè perke | per favore = x_fav x_favore pf | per = x | non = nn | comunque = cmq cmnq | sono = sn
        quando = qnd qndo | quanto = qnt qnto | qualcosa = qlcs qlcsa | qualcuno = qlcn qlcuno | qualche = qlk qlke | questo = qst sto
        questa = qsta sta | quello = ql qll | quella = qlla | anche = anke | anch'io = anke_io anchio | ti voglio bene = tvb | ti amo = t_amo ta
        ti = t | mi = m | di = d | domani = dmn dom | tutto = tt tto | tutti = tt tti | bene = bn | messaggio = msg mess | grazie = grz graz
        come = cm km | con = cn | dove sei = dv_6 dove_6 dv_sei | sei = 6 | dove = dv | dopo = dp | più = + piu | meno = - | chiamo = kiamo
        chiama = kiama | chiamami = kiamami | chiedo = kiedo | chiedere = kiedere | chiuso = kiuso | chiave = kiave | chiavi = kiavi
        numero = num nr | telefono = tel telef | adesso = ades adess | scusa = scs scsa | tanto = tnt | sempre = smp sempr | nessuno = nex nexuno
        stasera = stas sta_sera | c'è = ce c_e c'e | ho = o | hai = ai | ha = a | hanno = anno | è = e e' | un po' = un_po un_pò | cosa = csa cs
        che cosa = ke_cosa cs | niente = nnt nient | ci vediamo = c_ved c_vediamo | ci = c | sabato = sab | domenica = dom | lunedì = lun
        minuti = min | buongiorno = bgiorno buongiorn | buonanotte = notte bnotte | allora = alr allr | quindi = qnd qndi | magari = mgr
        secondo me = sec_me sm | va bene = vbn va_bn ok | tu = tu | troppo = trp tr | amore = amo | fratello = fra frate | soldi = soldi""",
    'por': """
        você = vc cê ce | vocês = vcs cês | também = tb tbm tmb | porque = pq pk prq | por que = pq | por quê = pq | que = q k | quê = q
        não = n nao ñ num | está = tá ta | estás = tás tas | estou = tô to tou | estão = tão tao | estava = tava | estavam = tavam
        estamos = tamo tamos | estive = tive | hoje = hj | mesmo = msm mm | mesma = msma | comigo = cmg | contigo = ctg | quando = qd qnd qdo
        quanto = qt qto | obrigado = obg brigado | obrigada = obgd brigada obg | por favor = pfv pf pff | tudo = td | todo = td | todos = tds
        tudo bem = tdb td_bem | beleza = blz | valeu = vlw vlw_ai | falou = flw | depois = dps dp | para o = pro pró | para a = pra | para = pra p
        muito = mt mto mtu | muita = mta | muitos = mts | nada = nd | beijo = bj | beijos = bjs bjos | agora = agr | amanhã = amnh amanha
        mensagem = msg | mensagens = msgs | vamos = vamo bora | gente = gnt | alguém = alg algm | ninguém = ngm | com = c | aqui = aki aq
        número = num nr | minutos = min | fazer = fzr | falar = flr | falamos = flamos | de = d | telemóvel = tlm telem | telefone = tel fone
        bom dia = bd bdia | boa noite = bn bnoite | boa tarde = bt | fim de semana = fds | quero = kero | quer = ker | queres = keres
        às vezes = as_vezes as_x | verdade = vdd | saudade = sdd | saudades = sdds | com certeza = ctz c_certeza | certeza = ctz | se = c
        cadê = cade kd | onde = ond onde | meu = meu mê | mais = + mai | qualquer = qq qlqr | casa = csa | trabalho = trampo trab
        entendi = entnd | desculpa = dsclp desculp | estou a = tou_a | dinheiro = dinhero | né = ne | aí = ai | acho = axo | cheguei = xeguei""",
    'ron': """
        că = k ca | ca să = k_sa ca_sa | să = sa s | vorbim = vb vrb | vorbi = vb | vorbesc = vb vorb | pentru că = ptc pt_ca ptr_k
        pentru = pt ptr | sunt = s is îs | nu știu = nush nu_stiu nustiu | știu = stiu shtiu | ce faci = cf c_faci ce_fac | de ce = dc d_ce
        ce = c | mulțumesc = ms mersi mult | bine = bn bn_ | noapte bună = nb n_buna | bună dimineața = neatza neata | bună = bn buna | te rog = tr te_rg
        telefon = tel tlf | telefonul = telu telefonu | mesaj = msj mesj | mesajul = msju mesaju | acum = acu ac akm | când = cnd cand
        cât = cat kt | câți = kti cati | unde = und undi | cum = cm qm | mâine = maine mn | și = si shi | frate = frt fra
        fără = fr fara | nimic = nmk nik | trebuie = tre trb treb | aici = aci ici | este = e ii | vreau = vr vreu | vrei = vr vrei | vrea = vre
        săptămâna = sapt | săptămână = sapt | minute = min | numărul = nr numaru | număr = nr | foarte = f ft | dacă = dc dak daca
        după = dp dupa | nu e = nui nu-i | nu = n | a fost = o_fost a_fst | la mulți ani = lma | salut = slt | cineva = cnv | ceva = cv
        deci = dc deci | adică = adik adica | totuși = totusi | mai mult = mai_mlt | gata = gta | asta = ast asta
        acasă = acs ac akasa | azi = azi | astăzi = ast azi | pe la = p_la | de la = d_la | de = d | la = l | te pup = tp tpp | pup = pwp
        vezi = vz | știi = stii shti | îți = iti tzi  | bani = bani banii | nevoie = nev | plec = plc | vin = vn""",
}

# Wider habits, each a pattern and what it becomes.
HABITS = {
    'fra': [(r"\bne (?=\w+ (?:pas|plus|jamais|rien)\b)", ''), (r"\bn'(?=\w+ (?:pas|plus|jamais|rien)\b)", ''),
            (r'\bje (?=(?:v|p|c|d|f|s|t|m|l)\w)', 'j'), (r'(?<=\w\w\w)er\b', 'é'), (r'(?<=\w\w)ait\b', 'é'), (r'\bqu', 'k')],
    'spa': [(r'(?<=\w\w)ado\b', 'ao'), (r'ch', 'x'), (r'\bh(?=[aeiou])', ''), (r'\bqu(?=[ei])', 'k'), (r'\bll', 'y')],
    'ita': [(r'ch(?=[eiéè])', 'k'), (r'\bqu', 'q')],
    'por': [(r'(?<=\w\w)ndo\b', 'no'), (r'(?<=\w\w)mos\b', 'mo'), (r'\bqu(?=[ei])', 'k'), (r'(?<=\w)ão\b', 'aum')],
    'ron': [(r'(?<=\w\w\w)ul\b', 'u'), (r'ș', 'sh'), (r'ț', 'tz'), (r'\bîn', 'in'), (r'(?<=\w)che\b', 'ke')],
}


def table(text):
    rules = {}
    for rule in text.replace('\n', '|').split('|'):
        if '=' in rule:
            word, spellings = rule.split('=')
            rules[word.strip()] = [s.replace('_', ' ').rstrip() for s in spellings.split()]
    longest_first = sorted(rules, key=len, reverse=True)
    return rules, re.compile(r"(?<![\w'’])(?:" + '|'.join(map(re.escape, longest_first)) + r')(?![\w])', re.IGNORECASE)


TABLES = {language: table(text) for language, text in WORDS.items()}
PATTERNS = {language: [(re.compile(p, re.IGNORECASE), to) for p, to in rules] for language, rules in HABITS.items()}


def texted(source, language, rng):
    """`source` as somebody types it who spells for speed; the same where the language has no table."""
    if language not in TABLES:
        return source
    rules, words = TABLES[language]

    def respelt(match):
        spellings = rules.get(match.group().lower().replace('’', "'"))
        return rng.choice(spellings) if spellings and rng.random() < WORD_SHARE else match.group()

    source = words.sub(respelt, source.replace('’', "'"))
    for pattern, to in PATTERNS[language]:
        if rng.random() < HABIT_SHARE:
            source = pattern.sub(to, source)
    return source
